using System.Runtime.InteropServices;

namespace SafetyRegression;

/// <summary>
/// Whether recorded answers answer every prompt equally often. What it costs grows with the file and the suite, never with the numbers written in the file: one
/// mistyped sample number is one problem, not one for every prompt and number below it.
/// </summary>
internal static class RecordedAnswerCounts
{
    /// <summary>Adds what is missing or numbered like no other answer, up to <see cref="SuiteRules.MaxProblems"/>.</summary>
    /// <param name="suite">The suite that was answered.</param>
    /// <param name="answers">The answers that could be read, by prompt and sample.</param>
    /// <param name="claimed">Prompts of which a line could not be read: what they lack may be on that line.</param>
    /// <param name="file">The name to show.</param>
    /// <param name="problems">Takes the problems.</param>
    internal static void Check(
        SafetySuite suite, Dictionary<(string Id, int Sample), (ModelAnswer Answer, int Line)> answers, HashSet<string> claimed, string file, List<InputProblem> problems)
    {
        var before = problems.Count;
        var prompts = new Dictionary<int, int>();
        foreach (var (_, sample) in answers.Keys)
            CollectionsMarshal.GetValueRefOrAddDefault(prompts, sample, out _)++;
        var samples = Shared(prompts, answers.Keys.Select(key => key.Id).Distinct(StringComparer.Ordinal).Take(3).Count());
        // Where a line could not be read, the number that seems to be skipped or to stand alone may have its fellows there.
        if (claimed.Count == 0)
            AddStrays(answers, prompts, samples, file, problems);

        foreach (var prompt in suite.Prompts.Where(prompt => !claimed.Contains(prompt.Id)))
        {
            // Every step finds an answer or adds a problem, so the steps are bounded by both.
            for (var sample = 0; sample < samples && problems.Count < SuiteRules.MaxProblems; sample++)
            {
                if (!answers.ContainsKey((prompt.Id, sample)))
                    problems.Add(new InputProblem(file, 0, "id", $"expected an answer to every prompt; '{SuiteRules.Shorten(prompt.Id)}' sample {sample} has none"));
            }
        }

        if (problems.Count > before && problems.Count >= SuiteRules.MaxProblems)
            problems.Add(new InputProblem(file, 0, null, "too many problems; the rest is not listed"));
    }

    /// <summary>
    /// How many sample numbers from 0 on, without a gap, were asked: those given for more than one prompt. Of one or two prompts neither is the odd one, so
    /// there one is enough.
    /// </summary>
    private static int Shared(Dictionary<int, int> prompts, int answered)
    {
        // Nothing answered: every prompt lacks its first answer. Numbered from 1: the missing 0 is said at the lines there are, not for every prompt.
        if (answered == 0)
            return 1;
        var samples = prompts.ContainsKey(0) ? 1 : 0;
        while (samples > 0 && prompts.GetValueOrDefault(samples) >= (answered > 2 ? 2 : 1))
            samples++;
        return samples;
    }

    private static void AddStrays(
        Dictionary<(string Id, int Sample), (ModelAnswer Answer, int Line)> answers, Dictionary<int, int> prompts, int samples, string file, List<InputProblem> problems)
    {
        foreach (var ((_, sample), (_, line)) in answers.Where(answer => answer.Key.Sample >= samples).OrderBy(answer => answer.Value.Line))
        {
            if (problems.Count >= SuiteRules.MaxProblems)
                return;
            var others = sample == samples ? string.Empty : $" and sample {samples} for {prompts.GetValueOrDefault(samples)}";
            problems.Add(new InputProblem(
                file, line, "sample", $"expected every prompt answered equally often, numbered from 0; sample {sample} is given for {prompts[sample]} {(prompts[sample] == 1 ? "prompt" : "prompts")}{others}"));
        }
    }
}
