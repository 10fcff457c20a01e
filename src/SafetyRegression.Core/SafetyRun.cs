using Microsoft.Extensions.AI;
using SafetyRegression.Classification;

namespace SafetyRegression;

/// <summary>The shortest way from two models to a report, without a container.</summary>
public static class SafetyRun
{
    /// <summary>Compares a candidate with a baseline on a suite.</summary>
    /// <param name="baseline">The reference model. Its own retries should be switched off.</param>
    /// <param name="candidate">The model under test.</param>
    /// <param name="suite">What is asked, such as <c>BuiltInSuite.Load()</c>.</param>
    /// <param name="classifier">Decides what each answer is; the built-in <see cref="TextClassifiers.Default"/> when <see langword="null"/>.</param>
    /// <param name="options">How to run and judge; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told about progress, from the threads that do the work.</param>
    /// <param name="cancellationToken">Stops the run; what was answered stays recorded, and the same call finishes the rest.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentException">Both arms are the same client or target, or a client does not say which model it is.</exception>
    /// <exception cref="CallFailedException">A provider refused the key; nothing more was asked.</exception>
    public static async Task<RegressionReport> CompareAsync(
        IChatClient baseline,
        IChatClient candidate,
        SafetySuite suite,
        IResponseClassifier? classifier = null,
        SafetyRegressionOptions? options = null,
        IProgress<RunProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new SafetyRegressionOptions();
        var runner = new SafetyRegressionRunner(ModelTarget.Of(baseline, options.Baseline), ModelTarget.Of(candidate, options.Candidate), options.Run);
        var comparer = new SafetyComparer(runner, classifier ?? TextClassifiers.Create(TextClassifiers.Default), options);
        return (await comparer.CompareAsync(suite, progress, cancellationToken).ConfigureAwait(false)).Report;
    }
}
