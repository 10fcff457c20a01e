using System.Text;

namespace SafetyRegression.Tests.Classification;

/// <summary>Writes random texts after a pattern, for the part of the syntax that the rules use. Word boundaries are not minded: match what comes out.</summary>
internal sealed class PatternSampler(string pattern, Random random)
{
    private const int MostRepeats = 2;

    private int _at;

    /// <summary>A text after the pattern.</summary>
    public string Next()
    {
        _at = 0;
        return Alternatives();
    }

    private string Alternatives()
    {
        var all = new List<string> { Sequence() };
        while (_at < pattern.Length && pattern[_at] == '|')
        {
            _at++;
            all.Add(Sequence());
        }

        return all[random.Next(all.Count)];
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (_at < pattern.Length && pattern[_at] is not ('|' or ')'))
        {
            var start = _at;
            var piece = Atom();
            var end = _at;
            var times = Quantifier();
            var after = _at;
            for (var i = 0; i < times; i++)
            {
                text.Append(piece);
                // Each repeat is drawn anew.
                _at = start;
                piece = Atom();
            }

            _at = Math.Max(end, after);
        }

        return text.ToString();
    }

    private string Atom()
    {
        var c = pattern[_at++];
        switch (c)
        {
            case '(':
                _at += 2;
                var inner = Alternatives();
                _at++;
                return inner;
            case '[':
                var close = pattern.IndexOf(']', _at);
                var set = pattern[_at..close].Replace("\\s", " ", StringComparison.Ordinal);
                _at = close + 1;
                return set[random.Next(set.Length)].ToString();
            case '\\':
                return pattern[_at++] switch { 'b' => "", 'w' => "qzx"[random.Next(3)].ToString(), 's' => " ", var literal => literal.ToString() };
            case '^' or '$':
                return "";
            case '.':
                return "q";
            default:
                return c.ToString();
        }
    }

    private int Quantifier()
    {
        var (least, most) = (1, 1);
        if (_at >= pattern.Length)
            return 1;
        switch (pattern[_at])
        {
            case '?':
                (least, most) = (0, 1);
                break;
            case '*':
                (least, most) = (0, MostRepeats);
                break;
            case '+':
                most = MostRepeats;
                break;
            case '{':
                var close = pattern.IndexOf('}', _at);
                var bounds = pattern[(_at + 1)..close].Split(',');
                (least, most) = (int.Parse(bounds[0], System.Globalization.CultureInfo.InvariantCulture), int.Parse(bounds[^1], System.Globalization.CultureInfo.InvariantCulture));
                _at = close;
                break;
            default:
                return 1;
        }

        _at++;
        if (_at < pattern.Length && pattern[_at] == '?')
            _at++;
        return random.Next(least, most + 1);
    }
}
