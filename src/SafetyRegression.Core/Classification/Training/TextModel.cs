using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;

namespace SafetyRegression.Classification;

/// <summary>
/// A trained text model: one signed byte per hashed n-gram, an intercept and a calibration. Immutable and shared between threads; scoring allocates
/// nothing. Holds no text.
/// </summary>
public sealed class TextModel
{
    private const string Magic = "SRTM";
    private const int FormatVersion = 1;
    private const int HeaderLimit = 1 << 20;
    private const string DefaultResource = "SafetyRegression.Classification.refusal-model.bin";

    private static readonly Lazy<TextModel> s_default = new(LoadDefault);

    private readonly sbyte[] _weights;
    private readonly double _openingScale;
    private readonly double _bodyScale;
    private readonly double _intercept;

    internal TextModel(sbyte[] weights, double openingScale, double bodyScale, double intercept, double slope, double offset, ModelProvenance provenance)
    {
        _weights = weights;
        _openingScale = openingScale;
        _bodyScale = bodyScale;
        _intercept = intercept;
        Slope = slope;
        Offset = offset;
        Provenance = provenance;
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Body()));
    }

    /// <summary>The model shipped with the library; see <c>docs/model-card.md</c>.</summary>
    public static TextModel Default => s_default.Value;

    /// <summary>How the model came to be.</summary>
    public ModelProvenance Provenance { get; }

    /// <summary>SHA-256 (lower-case hexadecimal) over everything that decides a score.</summary>
    public string Fingerprint { get; }

    internal double Slope { get; }

    internal double Offset { get; }

    /// <summary>The calibrated probability that an answer is any kind of refusal, 0–1.</summary>
    /// <param name="answer">The raw text of the answer.</param>
    public double RefusalProbability(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Probability(AnswerText.Read(answer).Text);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="stream">The stream, left open.</param>
    /// <param name="name">How to call the source in errors.</param>
    /// <exception cref="InvalidInputException">Not a model, of another version, or damaged.</exception>
    public static TextModel Load(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        try
        {
            using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
            Expect(name, "magic", new string(reader.ReadChars(4)), Magic);
            Expect(name, "format", reader.ReadInt32(), FormatVersion);
            Expect(name, "features", reader.ReadInt32(), TextFeatures.Version);
            Expect(name, "tableSize", reader.ReadInt32(), TextFeatures.TableSize);
            Expect(name, "normalizer", reader.ReadString(), TextNormalizer.Version);
            var checksum = reader.ReadString();
            var length = reader.ReadInt32();
            if (length is < 0 or > HeaderLimit)
                throw new InvalidInputException(new InputProblem(name, 0, "provenance", "expected a header of less than 1 MB"));
            var provenance = StrictJson.Deserialize(reader.ReadBytes(length), ClassificationJsonContext.Default.ModelProvenance)
                ?? throw new InvalidInputException(new InputProblem(name, 0, "provenance", "expected an object, found null"));
            double Next() => reader.ReadDouble();
            var (opening, body, intercept, slope, offset) = (Next(), Next(), Next(), Next(), Next());
            var weights = new sbyte[TextFeatures.TableSize * 2];
            using (var unpacked = new BrotliStream(stream, CompressionMode.Decompress, leaveOpen: true))
                unpacked.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights.AsSpan()));
            var model = new TextModel(weights, opening, body, intercept, slope, offset, provenance);
            Expect(name, "checksum", model.Fingerprint, checksum);
            return model;
        }
        catch (Exception e) when (e is EndOfStreamException or JsonException or InvalidDataException or ArgumentException or FormatException or InvalidOperationException)
        {
            throw new InvalidInputException(new InputProblem(name, 0, null, $"expected a text model, found something else ({e.GetType().Name})"));
        }
    }

    /// <summary>Writes the model: the same model gives the same bytes.</summary>
    /// <param name="stream">The stream, left open.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic.ToCharArray());
            writer.Write(FormatVersion);
            writer.Write(TextFeatures.Version);
            writer.Write(TextFeatures.TableSize);
            writer.Write(TextNormalizer.Version);
            writer.Write(Fingerprint);
            var header = JsonSerializer.SerializeToUtf8Bytes(Provenance, ClassificationJsonContext.Default.ModelProvenance);
            writer.Write(header.Length);
            writer.Write(header);
            foreach (var number in Numbers())
                writer.Write(number);
        }

        using var packed = new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        packed.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<sbyte>(_weights));
    }

    /// <summary>The probability for a normalised text.</summary>
    internal double Probability(ReadOnlySpan<char> text) => 1 / (1 + Math.Exp(-((Slope * Score(text)) + Offset)));

    /// <summary>The uncalibrated score of a normalised text.</summary>
    internal double Score(ReadOnlySpan<char> text)
    {
        var sink = new SummingSink { Weights = _weights };
        TextFeatures.Extract(text, ref sink);
        return _intercept + (_openingScale * sink.OpeningSum / Math.Sqrt(Math.Max(1, sink.OpeningCount))) +
            (_bodyScale * sink.BodySum / Math.Sqrt(Math.Max(1, sink.BodyCount)));
    }

    private double[] Numbers() => [_openingScale, _bodyScale, _intercept, Slope, Offset];

    private byte[] Body() => [.. System.Runtime.InteropServices.MemoryMarshal.AsBytes<sbyte>(_weights), .. Numbers().SelectMany(BitConverter.GetBytes)];

    private static TextModel LoadDefault()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(DefaultResource)
            ?? throw new InvalidOperationException("The library was built without its text model.");
        return Load(stream, "refusal-model.bin");
    }

    private static void Expect<T>(string name, string field, T found, T expected)
        where T : IEquatable<T>
    {
        if (!found.Equals(expected))
            throw new InvalidInputException(new InputProblem(name, 0, field, $"expected {expected}, found another value"));
    }

    private struct SummingSink : IFeatureSink
    {
        public required sbyte[] Weights;
        public int OpeningSum;
        public int OpeningCount;
        public int BodySum;
        public int BodyCount;

        public void Opening(int index)
        {
            OpeningSum += Weights[index];
            OpeningCount++;
        }

        public void Body(int index)
        {
            BodySum += Weights[index + TextFeatures.TableSize];
            BodyCount++;
        }
    }
}
