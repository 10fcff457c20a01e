using System.Text.Json;

namespace SafetyRegression.Bundles;

/// <summary>The texts of prompts and answers, in a file apart.</summary>
internal static class BundleTexts
{
    internal static async Task<byte[]> WriteAsync(SafetySuite suite, IAsyncEnumerable<ModelAnswer> answers, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream();
        foreach (var prompt in suite.Prompts)
            Append(stream, new TextRecord { Id = prompt.Id, SystemPrompt = prompt.SystemPrompt, Texts = [.. prompt.Turns.Select(turn => turn.Text)] });
        await foreach (var answer in answers.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (suite.Find(answer.ItemId) is not null)
                Append(stream, new TextRecord { Id = answer.ItemId, Arm = answer.Arm, Sample = answer.Sample, Texts = [.. answer.Turns.Select(turn => turn.Text)] });
        }

        return stream.ToArray();
    }

    private static void Append(MemoryStream stream, TextRecord record)
    {
        stream.Write(JsonSerializer.SerializeToUtf8Bytes(record, EvidenceJsonContext.Default.TextRecord));
        stream.WriteByte((byte)'\n');
    }
}
