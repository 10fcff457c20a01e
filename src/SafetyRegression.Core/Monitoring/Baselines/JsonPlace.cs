using System.Text.Json;

namespace SafetyRegression.Monitoring;

/// <summary>Where a member is in a JSON text.</summary>
internal static class JsonPlace
{
    /// <summary>The 1-based line of the first member of a name; 0 when there is none.</summary>
    internal static int LineOf(ReadOnlySpan<byte> json, string member)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(member))
                return json[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
        }

        return 0;
    }
}
