using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression.Adversarial;

/// <summary>SplitMix64 (Steele, Lea &amp; Flood 2014): the library's own generator, so that a variant is the same text in every version of the framework.</summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The seed of one variant of one prompt: a hash of the plan's seed and the names, the same on every machine.</summary>
    internal static ulong SeedOf(params ReadOnlySpan<string> names) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', names.ToArray()))));

    internal ulong Next()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A number from 0 up to, and not including, the bound; the bias of the remainder is below 2⁻³² for the bounds used here.</summary>
    internal int Below(int bound) => (int)((Next() >> 32) % (ulong)bound);
}
