using System.Buffers;
using System.Globalization;
using System.Text;

namespace SafetyRegression.Classification;

/// <summary>The single pass over the characters of an answer: folds, drops markup, masks quotations and code, collapses white space, notes its shape.</summary>
internal ref struct TextPass
{
    private const int LongestQuotation = 600;
    private const int LongestStretch = 512;
    private const int Space = 1;
    private const int Line = 2;

    // What is kept as it is, or in lower case, wherever it stands after a letter or digit on a line.
    private static readonly SearchValues<char> s_plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,.;:!?()-");

    private readonly ReadOnlySpan<char> _source;
    private readonly Span<char> _target;
    private readonly bool _mask;
    private int _at;
    private int _length;
    private int _pending;
    private int _noClosingSingle;
    private int _noClosingDouble;

    private TextPass(ReadOnlySpan<char> source, Span<char> target, bool mask)
    {
        _source = source;
        _target = target;
        _mask = mask;
        _pending = Line;
    }

    /// <summary>Normalises <paramref name="source"/> into <paramref name="target"/>, which must be at least as long.</summary>
    /// <param name="source">The composed text.</param>
    /// <param name="target">Where the normalised text goes.</param>
    /// <param name="maskQuotations">Whether quotations become one quotation mark.</param>
    /// <param name="shape">What was noted.</param>
    /// <returns>The length written.</returns>
    public static int Run(ReadOnlySpan<char> source, Span<char> target, bool maskQuotations, ref TextShape shape)
    {
        var pass = new TextPass(source, target, maskQuotations);
        pass.Run(ref shape);
        return pass._length;
    }

    private void Run(ref TextShape shape)
    {
        SkipOpening();
        while (_at < _source.Length)
        {
            var c = _source[_at];
            if (char.IsAsciiLetterOrDigit(c))
            {
                if (_pending == Line && char.IsAsciiDigit(c) && SkipNumber(ref shape))
                    continue;
                EmitStretch(ref shape);
            }
            else if (c is ' ' or '\t')
            {
                if (_pending == 0)
                    _pending = Space;
                _at++;
            }
            else if (c is '\n' or '\r')
            {
                _pending = Line;
                _at++;
            }
            else if (c < 0x80)
            {
                AsciiSymbol(c, ref shape);
            }
            else
            {
                Wide(c, ref shape);
            }
        }
    }

    /// <summary>Leading white space, emoji, bullets and role labels are not part of what is said.</summary>
    private void SkipOpening()
    {
        while (_at < _source.Length && IsDecoration(_source[_at]))
            _at++;
        var rest = _source[_at..];
        foreach (var label in (ReadOnlySpan<string>)["assistant", "ai", "response", "answer", "bot", "model"])
        {
            if (rest.Length > label.Length + 1 && rest.StartsWith(label, StringComparison.OrdinalIgnoreCase) && rest[label.Length] is ':' or '\n')
            {
                _at += label.Length + 1;
                return;
            }
        }
    }

    private static bool IsDecoration(char c) => char.IsWhiteSpace(c) || char.IsSurrogate(c) || char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c)
        is UnicodeCategory.OtherSymbol or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private void AsciiSymbol(char c, ref TextShape shape)
    {
        var previous = _pending == 0 && _length > 0 ? _target[_length - 1] : ' ';
        switch (c)
        {
            case '"' when _mask && !char.IsLetterOrDigit(previous):
                Quotation('"', ref _noClosingDouble, ref shape);
                return;
            case '\'' when _mask && !char.IsLetterOrDigit(previous) && NextIsLetter():
                Quotation('\'', ref _noClosingSingle, ref shape);
                return;
            case '"':
                break;
            case '\'':
                Emit(c);
                break;
            case '`':
                Backtick(previous, ref shape);
                return;
            case '*' or '-' or '+' when _pending == Line && _at + 1 < _source.Length && _source[_at + 1] is ' ' or '\t':
                shape.Bullets++;
                break;
            case '*' or '#' or '|' or '~':
                break;
            case '_' when !(char.IsLetterOrDigit(previous) && NextIsLetter()):
                break;
            case '>' when _pending == Line:
                if (shape.HasLetters)
                    SkipQuotedLine(ref shape);
                break;
            case '\\':
                break;
            default:
                if (c >= ' ' && c != 0x7F)
                    Emit(c);
                break;
        }

        _at++;
    }

    private void Wide(char c, ref TextShape shape)
    {
        switch (c)
        {
            case '\u201C' or '\u201E' or '\u201F' when _mask:
                Quotation('\u201D', ref _noClosingDouble, ref shape);
                return;
            case '\u00AB' when _mask:
                Quotation('\u00BB', ref _noClosingDouble, ref shape);
                return;
            case '\u300C' when _mask:
                Quotation('\u300D', ref _noClosingDouble, ref shape);
                return;
            case '\u300E' when _mask:
                Quotation('\u300F', ref _noClosingDouble, ref shape);
                return;
            case '\u2018' when _mask && NextIsLetter():
                Quotation('\u2019', ref _noClosingSingle, ref shape);
                return;
            case '\u201C' or '\u201D' or '\u201E' or '\u00AB' or '\u00BB' or '\u300C' or '\u300D':
                break;
            case '\u2018' or '\u2019' or '\u02BC' or '\u2032' or '\u02B9' or '\u201B':
                Emit('\'');
                break;
            case '\u2010' or '\u2011' or '\u2012':
                Emit('-');
                break;
            case '\u2013' or '\u2014' or '\u2015':
                Emit('\u2014');
                break;
            case '\u2022' or '\u25CF' or '\u25E6' or '\u25AA' or '\u00B7' when _pending == Line:
                shape.Bullets++;
                break;
            default:
                Other(c, ref shape);
                break;
        }

        _at++;
    }

    private void Other(char c, ref TextShape shape)
    {
        if (char.IsLetterOrDigit(c))
        {
            Emit(char.ToLowerInvariant(c));
            shape.HasLetters = true;
            return;
        }

        if (char.IsWhiteSpace(c))
        {
            _pending = c is '\u2028' or '\u2029' or '\u0085' ? Line : Math.Max(_pending, Space);
            return;
        }

        var category = CharUnicodeInfo.GetUnicodeCategory(c);
        // Format characters are the zero-width and direction marks; the joiners among them are dropped from phrases and answers alike.
        if (category is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.EnclosingMark || c is >= '\uFE00' and <= '\uFE0F')
            return;
        // A symbol counts as one character, so that an answer of one emoji is not empty.
        if (category is UnicodeCategory.Surrogate or UnicodeCategory.OtherSymbol && _length > 0 && _target[_length - 1] == c)
            return;
        Emit(c);
    }

    private void Quotation(char closing, ref int noClosingBefore, ref TextShape shape)
    {
        var start = _at + 1;
        var end = start < noClosingBefore ? -1 : FindClosing(start, closing);
        if (end < 0)
        {
            noClosingBefore = Math.Max(noClosingBefore, Math.Min(_source.Length, start + LongestQuotation));
            if (closing is '\'' or '\u2019')
                Emit('\'');
            _at++;
            return;
        }

        // A word or two in quotation marks is emphasis, not somebody speaking.
        var words = _source[start..end].Trim();
        if (words.Length < 24 && words.Count(' ') < 2 && !HasIdeograph(words))
        {
            _at++;
            return;
        }

        Emit('"');
        shape.Quotations++;
        _at = end + 1;
    }

    private static bool HasIdeograph(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('\u3040', '\uD7AF') >= 0;

    private readonly int FindClosing(int start, char closing)
    {
        var end = Math.Min(_source.Length, start + LongestQuotation);
        for (var i = start; i < end; i++)
        {
            var c = _source[i];
            if (c == '\n' && i + 1 < end && _source[i + 1] is '\n' or '\r')
                return -1;
            if (c != closing && !(closing == '\u201D' && c == '\u201C'))
                continue;
            if (closing is '\'' or '\u2019' && ((i + 1 < _source.Length && char.IsLetterOrDigit(_source[i + 1])) || char.IsWhiteSpace(_source[i - 1])))
                continue;
            return i;
        }

        return -1;
    }

    private void Backtick(char previous, ref TextShape shape)
    {
        if (_source[_at..].StartsWith("```", StringComparison.Ordinal))
        {
            var close = _source[(_at + 3)..].IndexOf("```", StringComparison.Ordinal);
            Emit(TextNormalizer.CodeMark);
            shape.HasCode = true;
            _at = close < 0 ? _source.Length : _at + close + 6;
            _pending = Line;
            return;
        }

        if (char.IsLetterOrDigit(previous) && NextIsLetter())
        {
            Emit('\'');
            _at++;
            return;
        }

        var line = _source[(_at + 1)..];
        line = line[..Math.Min(line.Length, LongestQuotation)];
        var end = line.IndexOfAny('`', '\n');
        if (end > 0 && line[end] == '`')
        {
            Emit(TextNormalizer.CodeMark);
            shape.HasCode = true;
            _at += end + 2;
            return;
        }

        _at++;
    }

    private void SkipQuotedLine(ref TextShape shape)
    {
        var end = _source[_at..].IndexOf('\n');
        Emit('"');
        shape.Quotations++;
        _at = end < 0 ? _source.Length - 1 : _at + end - 1;
        _pending = Line;
    }

    private bool SkipNumber(ref TextShape shape)
    {
        var i = _at;
        while (i < _source.Length && i - _at < 3 && char.IsAsciiDigit(_source[i]))
            i++;
        if (i + 1 >= _source.Length || _source[i] is not ('.' or ')') || !char.IsWhiteSpace(_source[i + 1]))
            return false;
        shape.Numbered++;
        _at = i + 1;
        return true;
    }

    private readonly bool NextIsLetter() => _at + 1 < _source.Length && char.IsLetterOrDigit(_source[_at + 1]);

    /// <summary>
    /// The stretch of plain text that begins here with a letter or digit: copied at once. It ends before whatever needs a closer look, two spaces included.
    /// The limit keeps the search from reading far ahead again and again.
    /// </summary>
    private void EmitStretch(ref TextShape shape)
    {
        EmitPending();
        shape.HasLetters = true;
        var stretch = _source.Slice(_at, Math.Min(LongestStretch, _source.Length - _at));
        if (stretch.IndexOfAnyExcept(s_plain) is var end and >= 0)
            stretch = stretch[..end];
        if (stretch.IndexOf("  ") is var gap and >= 0)
            stretch = stretch[..gap];
        stretch = stretch.TrimEnd(' ');
        Ascii.ToLower(stretch, _target[_length..], out var written);
        _at += written;
        _length += written;
    }

    private void Emit(char c)
    {
        EmitPending();
        _target[_length++] = c;
    }

    private void EmitPending()
    {
        if (_pending == 0)
            return;
        if (_length > 0)
            _target[_length++] = _pending == Space ? ' ' : '\n';
        _pending = 0;
    }
}
