using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SafetyRegression.RunLogs;

/// <summary>
/// Answers as JSON, written by hand: the first members (type, side, item, sample, status, hash, failure) come in a fixed order, so that opening a log reads
/// only the head of each line.
/// </summary>
internal static class AnswerRecord
{
    /// <summary>The head of a SHA-256 over what decides a verdict, to tell identical duplicates from conflicting ones.</summary>
    internal static ulong ContentOf(ModelAnswer answer)
    {
        var buffer = RecordScratch.Take().Buffer;
        WriteNumber(buffer, (int)answer.Status);
        foreach (var turn in answer.Turns)
        {
            WriteText(buffer, turn.Text);
            WriteNumber(buffer, (int)turn.Finish);
            WriteText(buffer, turn.DeclaredRefusal);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.WrittenSpan, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);

        // The length before the text keeps two neighbours apart.
        static void WriteText(ArrayBufferWriter<byte> buffer, string? text)
        {
            WriteNumber(buffer, text?.Length ?? -1);
            Encoding.UTF8.GetBytes(text, buffer);
        }

        static void WriteNumber(ArrayBufferWriter<byte> buffer, int number)
        {
            BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(sizeof(int)), number);
            buffer.Advance(sizeof(int));
        }
    }

    /// <summary>The JSON of an answer; valid until the thread's next record.</summary>
    internal static ReadOnlySpan<byte> Write(ModelAnswer answer, ulong content, DateTimeOffset at, IContentProtector? protector)
    {
        var hidden = protector is null || answer.Turns.IsEmpty ? null : protector.Protect(WriteTurns(answer.Turns));
        var scratch = RecordScratch.Take();
        var writer = scratch.Writer;
        writer.WriteStartObject();
        writer.WriteString("t"u8, "response"u8);
        WriteKey(writer, AnswerKey.Of(answer));
        writer.WriteString("a"u8, RecordHead.NameOf(answer.Status));
        writer.WriteString("h"u8, content.ToString("x16", CultureInfo.InvariantCulture));
        if (answer.Failure is { } failure)
            WriteFailure(writer, failure);
        writer.WriteString("at"u8, (answer.CompletedAt ?? at).UtcDateTime);
        writer.WriteNumber("ticks"u8, answer.Duration.Ticks);
        writer.WriteNumber("tries"u8, answer.Attempts);
        if (answer.Model is not null)
            writer.WriteString("model"u8, answer.Model);
        if (answer.Seed is { } seed)
            writer.WriteNumber("seed"u8, seed);
        if (answer.InputTokens is { } input)
            writer.WriteNumber("in"u8, input);
        if (answer.OutputTokens is { } output)
            writer.WriteNumber("out"u8, output);
        if (answer.RecordedLabel is { } label)
            writer.WriteString("label"u8, label.ToString());
        if (hidden is not null)
        {
            writer.WriteBase64String("hidden"u8, hidden);
        }
        else if (!answer.Turns.IsEmpty)
        {
            writer.WritePropertyName("turns"u8);
            WriteTurns(writer, answer.Turns);
        }

        writer.WriteEndObject();
        writer.Flush();
        return scratch.Buffer.WrittenSpan;
    }

    /// <summary>The JSON of one reply of a conversation that is still going on; valid until the thread's next record.</summary>
    internal static ReadOnlySpan<byte> WriteTurn(AnswerKey key, AnswerTurn turn, IContentProtector? protector)
    {
        var hidden = protector?.Protect(WriteTurns([turn]));
        var scratch = RecordScratch.Take();
        scratch.Writer.WriteStartObject();
        scratch.Writer.WriteString("t"u8, "turn"u8);
        WriteKey(scratch.Writer, key);
        if (hidden is not null)
        {
            scratch.Writer.WriteBase64String("hidden"u8, hidden);
        }
        else
        {
            scratch.Writer.WritePropertyName("turns"u8);
            WriteTurns(scratch.Writer, [turn]);
        }

        scratch.Writer.WriteEndObject();
        scratch.Writer.Flush();
        return scratch.Buffer.WrittenSpan;
    }

    /// <summary>Reads an answer, or the single turn of a turn record.</summary>
    internal static ModelAnswer Read(ReadOnlySpan<byte> line, IContentProtector? protector)
    {
        var draft = new AnswerDraft();
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            draft.Take(ref reader, protector);
        return draft.ToAnswer();
    }

    internal static ImmutableArray<AnswerTurn> ReadHidden(byte[] hidden, IContentProtector? protector)
    {
        if (protector is null)
            throw new RunLogException(RunLogProblem.Protected, "run log", "the texts are encrypted; give the content protector that opens them.");
        var reader = new Utf8JsonReader(protector.Unprotect(hidden));
        reader.Read();
        return ReadTurns(ref reader);
    }

    internal static ImmutableArray<AnswerTurn> ReadTurns(ref Utf8JsonReader reader)
    {
        var turns = ImmutableArray.CreateBuilder<AnswerTurn>(1);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            turns.Add(TurnRecord.Read(ref reader));
        return turns.DrainToImmutable();
    }

    private static void WriteKey(Utf8JsonWriter writer, AnswerKey key)
    {
        writer.WriteString("s"u8, RecordHead.NameOf(key.Arm));
        writer.WriteString("i"u8, key.ItemId);
        writer.WriteNumber("n"u8, key.Sample);
    }

    private static void WriteFailure(Utf8JsonWriter writer, CallFailure failure)
    {
        writer.WriteNumber("fail"u8, (int)failure.Kind);
        if (failure.Status is { } status)
            writer.WriteNumber("http"u8, status);
        if (failure.RetryAfter is { } wait)
            writer.WriteNumber("wait"u8, wait.Ticks);
        if (failure.Code is not null)
            writer.WriteString("code"u8, failure.Code);
    }

    private static ReadOnlySpan<byte> WriteTurns(ImmutableArray<AnswerTurn> turns)
    {
        var scratch = RecordScratch.Take();
        WriteTurns(scratch.Writer, turns);
        scratch.Writer.Flush();
        return scratch.Buffer.WrittenSpan;
    }

    private static void WriteTurns(Utf8JsonWriter writer, ImmutableArray<AnswerTurn> turns)
    {
        writer.WriteStartArray();
        foreach (var turn in turns)
            TurnRecord.Write(writer, turn);
        writer.WriteEndArray();
    }
}
