namespace SafetyRegression;

/// <summary>
/// Cochran's Q test (1950, Biometrika 37:256): whether k yes/no columns over the same rows have equal rates. With two columns it is McNemar's χ². It assumes
/// that rows are independent; columns that share a random seed, or drift, make the rows move together, and Q grows far beyond its degrees of freedom.
/// </summary>
public static class CochranQ
{
    /// <summary>Tests equal column rates.</summary>
    /// <param name="rows">The rows; every one with the same number of columns.</param>
    /// <param name="columns">The number of columns; at least 2.</param>
    /// <returns>Q with <paramref name="columns"/> − 1 degrees of freedom; p is 1 when no row differs between columns.</returns>
    /// <exception cref="ArgumentException">A row has another number of columns.</exception>
    public static ChiSquareResult Test(IReadOnlyCollection<bool[]> rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 2);
        var totals = new long[columns];
        double spread = 0, all = 0;
        foreach (var row in rows)
        {
            if (row.Length != columns)
                throw new ArgumentException($"A row has {row.Length} columns instead of {columns}.", nameof(rows));
            var yes = 0;
            for (var j = 0; j < columns; j++)
            {
                if (!row[j])
                    continue;
                totals[j]++;
                yes++;
            }

            all += yes;
            spread += (double)yes * (columns - yes);
        }

        var mean = all / columns;
        return spread > 0
            ? ChiSquareResult.Of(columns * (columns - 1) * totals.Sum(total => (total - mean) * (total - mean)) / spread, columns - 1)
            : ChiSquareResult.Of(0, columns - 1);
    }
}
