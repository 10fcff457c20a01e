using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SafetyRegression.Adversarial;

/// <summary>
/// Translations in a private folder, one file each, named by a hash over translator, language and text: the same text is translated once, on whatever day
/// and for whatever suite, and the same bytes are written every time.
/// </summary>
/// <param name="folder">The folder; created with access for its owner only.</param>
public sealed class TranslationCache(string folder)
{
    private static readonly JsonWriterOptions _options = new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private int _number;

    /// <summary>Looks a translation up.</summary>
    /// <param name="translator">Who translates.</param>
    /// <param name="language">Into which language.</param>
    /// <param name="text">What.</param>
    /// <returns>The translation, or <see langword="null"/>.</returns>
    /// <exception cref="InvalidInputException">The entry was damaged or edited; it is not used, and not overwritten.</exception>
    public string? Find(string translator, string language, string text)
    {
        var key = KeyOf(translator, language, text);
        var path = PathOf(key);
        if (!File.Exists(path))
            return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (json.RootElement.GetProperty("key").GetString() == key && json.RootElement.GetProperty("text").GetString() is { Length: > 0 } translation)
                return translation;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Said below.
        }

        throw new InvalidInputException(new InputProblem(path, 0, null, "expected a cached translation; delete the file to translate anew"));
    }

    /// <summary>Keeps a translation.</summary>
    /// <param name="translator">Who translated.</param>
    /// <param name="language">Into which language.</param>
    /// <param name="text">What.</param>
    /// <param name="translation">The translation.</param>
    public void Store(string translator, string language, string text, string translation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(translation);
        RunLogs.PrivateFiles.CreateFolder(folder);
        var key = KeyOf(translator, language, text);
        var beside = $"{PathOf(key)}.{Environment.ProcessId}-{Interlocked.Increment(ref _number)}.tmp";
        using (var stream = new FileStream(beside, RunLogs.PrivateFiles.Options(FileMode.Create, FileAccess.Write, FileShare.None)))
        using (var json = new Utf8JsonWriter(stream, _options))
        {
            json.WriteStartObject();
            json.WriteString("key"u8, key);
            json.WriteString("language"u8, language);
            json.WriteString("text"u8, translation);
            json.WriteString("translator"u8, translator);
            json.WriteEndObject();
        }

        File.Move(beside, PathOf(key), overwrite: true);
    }

    private static string KeyOf(string translator, string language, string text)
    {
        ArgumentNullException.ThrowIfNull(translator);
        ArgumentNullException.ThrowIfNull(language);
        ArgumentNullException.ThrowIfNull(text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"translation/1\n{translator.Length}:{translator}\n{language.Length}:{language}\n{text.Length}:{text}"))));
    }

    private string PathOf(string key) => Path.Combine(folder, key + ".json");
}
