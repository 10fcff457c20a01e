using System.Collections.Immutable;

namespace SafetyRegression.Monitoring;

/// <summary>One member a prompt.</summary>
internal sealed class OutcomeTableJsonConverter() : SampleTableJsonConverter<OutcomeTable, StoredAnswer>("\"refusal\", \"compliance/3\" or \"refusal@0.02\"")
{
    protected override ImmutableArray<StoredAnswer>? Parse(string codes, out string wrong) => OutcomeTable.Read(codes, out wrong);

    protected override string CodeOf(ImmutableArray<StoredAnswer> samples) => OutcomeTable.CodeOf(samples);

    protected override OutcomeTable Create(Dictionary<string, ImmutableArray<StoredAnswer>> rows) => new(rows);

    protected override ImmutableSortedDictionary<string, ImmutableArray<StoredAnswer>> RowsOf(OutcomeTable table) => table.Rows;
}
