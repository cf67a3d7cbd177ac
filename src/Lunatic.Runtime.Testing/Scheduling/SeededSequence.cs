using System.Security.Cryptography;

namespace Lunatic.Runtime.Testing.Scheduling;

/// <summary>
/// A random sequence of a seed: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators"). Unlike <see cref="Random"/> it is the same with every version of .NET, so
/// a seed keeps its meaning.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="purpose">Tells the sequences of one seed apart.</param>
internal sealed class SeededSequence(int seed, int purpose)
{
    // the high half holds the purpose: sequences of neighbouring seeds do not overlap
    private ulong _state = Mix(((ulong)(uint)purpose << 32) | (uint)seed);

    /// <summary>The next 64 bits.</summary>
    internal ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>A number from 0 to below a limit, which is positive.</summary>
    internal int Next(int limit) => (int)(((UInt128)Next() * (uint)limit) >> 64);

    /// <summary>Whether something of a probability happens.</summary>
    internal bool Happens(double probability) => probability > 0 && (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>Random bytes for guests, from a sequence.</summary>
    internal sealed class Bytes(SeededSequence sequence) : RandomNumberGenerator
    {
        public override void GetBytes(byte[] data) => GetBytes(data.AsSpan());

        public override void GetBytes(Span<byte> data)
        {
            Span<byte> word = stackalloc byte[sizeof(ulong)];
            while (!data.IsEmpty)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(word, sequence.Next());
                int count = Math.Min(word.Length, data.Length);
                word[..count].CopyTo(data);
                data = data[count..];
            }
        }
    }
}
