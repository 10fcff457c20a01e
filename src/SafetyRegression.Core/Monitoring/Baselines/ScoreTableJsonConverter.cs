using System.Collections.Immutable;

namespace SafetyRegression.Monitoring;

/// <summary>One member an item.</summary>
internal sealed class ScoreTableJsonConverter() : SampleTableJsonConverter<ScoreTable, StoredScore>("\"correct\" or \"incorrect/0.25\"")
{
    protected override ImmutableArray<StoredScore>? Parse(string codes, out string wrong) => ScoreTable.Read(codes, out wrong);

    protected override string CodeOf(ImmutableArray<StoredScore> samples) => ScoreTable.CodeOf(samples);

    protected override ScoreTable Create(Dictionary<string, ImmutableArray<StoredScore>> rows) => new(rows);

    protected override ImmutableSortedDictionary<string, ImmutableArray<StoredScore>> RowsOf(ScoreTable table) => table.Rows;
}
