namespace SafetyRegression.SelfTest;

/// <summary>One alarm and how it is pressed.</summary>
internal sealed record SelfTestScenario(string Name, Func<SelfTestBench, CancellationToken, Task<SelfTestCheck>> RunAsync);
