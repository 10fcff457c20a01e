using System.Globalization;

namespace FineTuneGate.CommandLine;

/// <summary>Options of the forms <c>--name value</c> and <c>--name=value</c>; what nobody asked for is an error.</summary>
internal sealed class ArgumentReader
{
    private readonly List<string> _left;

    internal ArgumentReader(IEnumerable<string> args)
    {
        _left = [];
        foreach (var arg in args)
        {
            var equals = arg.StartsWith("--", StringComparison.Ordinal) ? arg.IndexOf('=', StringComparison.Ordinal) : -1;
            _left.AddRange(equals > 0 ? [arg[..equals], arg[(equals + 1)..]] : [arg]);
        }
    }

    /// <summary>Looks at an option without taking it.</summary>
    internal string? Peek(string name)
    {
        var at = _left.IndexOf("--" + name);
        return at >= 0 && at + 1 < _left.Count ? _left[at + 1] : null;
    }

    internal string? Option(string name)
    {
        var values = Options(name);
        return values.Count == 0 ? null : values.Count == 1 ? values[0] : throw new UsageException($"--{name} is given {values.Count} times.");
    }

    /// <summary>All values of an option that may be repeated.</summary>
    internal IReadOnlyList<string> Options(string name)
    {
        var values = new List<string>();
        for (var at = _left.IndexOf("--" + name); at >= 0; at = _left.IndexOf("--" + name))
        {
            if (at + 1 >= _left.Count || _left[at + 1].StartsWith("--", StringComparison.Ordinal))
                throw new UsageException($"--{name} needs a value.");
            values.Add(Filled(_left[at + 1], $"--{name}"));
            _left.RemoveRange(at, 2);
        }

        return values;
    }

    internal string Required(string name) => Option(name) ?? throw new UsageException($"--{name} is required.");

    internal bool Flag(string name) => _left.Remove("--" + name);

    /// <summary>The next word that is no option.</summary>
    internal string? Word()
    {
        if (_left.Count == 0 || _left[0].StartsWith("--", StringComparison.Ordinal))
            return null;
        var word = Filled(_left[0], "An argument");
        _left.RemoveAt(0);
        return word;
    }

    internal string Choice(string name, string fallback, params string[] choices)
    {
        var value = Option(name) ?? fallback;
        return choices.Contains(value, StringComparer.Ordinal) ? value : throw new UsageException($"--{name} is one of {string.Join(", ", choices)}; not '{value}'.");
    }

    /// <summary>A fraction: rates, tolerances and α are never given in percent.</summary>
    internal double? Fraction(string name, double below = 1)
    {
        if (Option(name) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 && value < below)
            return value;
        throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--{name} is a fraction between 0 and {below} (0.05 means 5 percentage points); not '{text}'."));
    }

    internal int? Integer(string name, int least, int most)
    {
        if (Option(name) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--{name} is a whole number from {least} to {most}; not '{text}'."));
    }

    /// <summary>An amount of money, in whatever currency prices are in.</summary>
    internal decimal? Money(string name)
    {
        if (Option(name) is not { } text)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return value;
        throw new UsageException($"--{name} is an amount such as 2.50; not '{text}'.");
    }

    /// <summary>A variable of a pipeline that was never set arrives as an empty value, which no option means.</summary>
    private static string Filled(string value, string what) => string.IsNullOrWhiteSpace(value) ? throw new UsageException($"{what} is empty: is a variable not set?") : value;

    /// <summary>Refuses what nobody took, so that a misspelt option is never silently ignored.</summary>
    internal void Done()
    {
        if (_left.Count > 0)
            throw new UsageException($"Not understood: {string.Join(' ', _left)}");
    }
}
