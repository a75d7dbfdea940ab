using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Niche.Subnet.Rounds;

/// <summary>
/// Deterministic random numbers from a 32-byte secret: block i is HMAC-SHA256(key, i). Who knows the secret can replay every choice; who does
/// not cannot tell the next one from the past ones. Not thread-safe; derive one per use.
/// </summary>
public sealed class SecretRandom
{
    /// <summary>Bytes of a secret.</summary>
    public const int SecretLength = 32;

    private readonly byte[] key;
    private readonly byte[] block = new byte[32];
    private ulong counter;
    private int used = 32;

    /// <summary>Starts the sequence of a secret.</summary>
    /// <exception cref="ArgumentException">The secret does not have 32 bytes.</exception>
    public SecretRandom(ReadOnlySpan<byte> secret)
    {
        if (secret.Length != SecretLength) throw new ArgumentException("A secret of 32 bytes is needed.", nameof(secret));
        key = secret.ToArray();
    }

    /// <summary>An independent sequence for a purpose, the same for the same purpose however much of this one was used.</summary>
    public SecretRandom Derive(string purpose)
    {
        // The prefix keeps purposes apart from block counters, which have 8 bytes and start with 0 in practice.
        Span<byte> derived = stackalloc byte[SecretLength];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("derive:" + purpose), derived);
        return new SecretRandom(derived);
    }

    /// <summary>Fills a span.</summary>
    public void NextBytes(Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            if (used == block.Length) Refill();
            var count = Math.Min(block.Length - used, destination.Length);
            block.AsSpan(used, count).CopyTo(destination);
            used += count;
            destination = destination[count..];
        }
    }

    /// <summary>Uniform in [0, 2^64).</summary>
    public ulong NextUInt64()
    {
        Span<byte> bytes = stackalloc byte[8];
        NextBytes(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>Uniform in [0, bound), without modulo bias.</summary>
    public long Next(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var range = (ulong)bound;
        var limit = ulong.MaxValue - ((ulong.MaxValue % range) + 1) % range;
        ulong value;
        do value = NextUInt64();
        while (value > limit);
        return (long)(value % range);
    }

    /// <summary>Uniform in [0, 1) with 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>One item of a list that is not empty.</summary>
    public T Choose<T>(IReadOnlyList<T> items) => items[(int)Next(items.Count)];

    /// <summary>128 bits as 32 lower-case hex digits: an identifier that cannot be guessed.</summary>
    public string NextId()
    {
        Span<byte> bytes = stackalloc byte[16];
        NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private void Refill()
    {
        Span<byte> input = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(input, counter++);
        HMACSHA256.HashData(key, input, block);
        used = 0;
    }
}
