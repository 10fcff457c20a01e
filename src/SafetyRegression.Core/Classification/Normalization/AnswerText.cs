using System.Text;

namespace SafetyRegression.Classification;

/// <summary>
/// The normalised view of one answer that every text classifier reads: lower case, folded, without markup, reasoning, quotations and code.
/// A reusable work space; one per thread, so that classifying allocates nothing but the verdict.
/// </summary>
internal sealed class AnswerText
{
    [ThreadStatic]
    private static AnswerText? s_shared;

    [ThreadStatic]
    private static AnswerText? s_task;

    private char[] _text = new char[8192];
    private char[] _source = new char[8192];
    private char[] _composed = [];

    /// <summary>The work space of this thread: valid until the next call on the same thread.</summary>
    /// <param name="answer">The raw answer.</param>
    public static AnswerText Read(string answer)
    {
        var text = s_shared ??= new AnswerText();
        text.Load(answer);
        return text;
    }

    /// <summary>The normalised text.</summary>
    public ReadOnlySpan<char> Text => _text.AsSpan(0, Length);

    /// <summary>Length of <see cref="Text"/> in characters.</summary>
    public int Length { get; private set; }

    /// <summary>Nothing a reader could read is left.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>A reasoning block was taken out.</summary>
    public bool ReasoningRemoved { get; private set; }

    /// <summary>A reasoning block was opened and never closed.</summary>
    public bool ReasoningUnterminated { get; private set; }

    /// <summary>The answer holds characters outside ASCII.</summary>
    public bool HasNonAscii { get; private set; }

    /// <summary>What the text pass noted.</summary>
    public TextShape Shape { get; private set; }

    /// <summary>The work space of this thread for what was asked, apart from the one for the answer; quotations are read through.</summary>
    /// <param name="task">The raw request.</param>
    public static AnswerText ReadTask(string task)
    {
        var text = s_task ??= new AnswerText();
        text.Load(task, maskQuotations: false);
        return text;
    }

    private void Load(string answer, bool maskQuotations = true)
    {
        var source = ReasoningBlocks.Remove(answer, ref _source, out var removed, out var unterminated);
        ReasoningRemoved = removed;
        ReasoningUnterminated = unterminated;
        HasNonAscii = !Ascii.IsValid(source);
        if (HasNonAscii)
            source = UnicodeFolding.Compose(source, ref _source, ref _composed);
        if (_text.Length < source.Length + 8)
            _text = new char[Math.Max(source.Length + 8, _text.Length * 2)];

        var shape = new TextShape();
        Length = TextPass.Run(source, _text, maskQuotations, ref shape);
        // An answer that is one quotation is the answer itself; masking it would leave nothing to read.
        if (maskQuotations && shape.Quotations > 0 && !shape.HasLetters && !shape.HasCode)
        {
            shape = default;
            Length = TextPass.Run(source, _text, maskQuotations: false, ref shape);
        }

        Shape = shape;
        IsEmpty = Length == 0 || (!shape.HasCode && shape.Quotations == 0 && Text is "{}" or "[]" or "null" or "\"\"" or "''");
    }
}
