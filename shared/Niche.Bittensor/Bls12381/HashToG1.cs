using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Niche.Bittensor.Bls12381;

/// <summary>
/// RFC 9380, suite BLS12381G1_XMD:SHA-256_SSWU_RO_: bytes to a point of G1 that nobody knows a logarithm of. For public messages only.
/// </summary>
internal static class HashToG1
{
    private const int BlockBytes = 64, DigestBytes = 32, ElementBytes = 64;

    // 1 - x: what takes a point of the curve into the group (RFC 9380, 8.8.1).
    private static ReadOnlySpan<byte> CofactorScalar => [0xD2, 0x01, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01];

    /// <param name="message">Any bytes.</param>
    /// <param name="domain">The domain separation tag, 1 to 255 bytes.</param>
    public static CurvePoint<Fp> Hash(ReadOnlySpan<byte> message, ReadOnlySpan<byte> domain)
    {
        var (u0, u1) = ToField(message, domain);
        var sum = ElevenIsogeny.Map(SimplifiedSwu.Map(u0)) + ElevenIsogeny.Map(SimplifiedSwu.Map(u1));
        return sum.Multiply(CofactorScalar);
    }

    /// <summary>hash_to_field for two elements.</summary>
    public static (Fp First, Fp Second) ToField(ReadOnlySpan<byte> message, ReadOnlySpan<byte> domain)
    {
        Span<byte> wide = stackalloc byte[2 * ElementBytes];
        Expand(message, domain, wide);
        return (Fp.FromWide(wide[..ElementBytes]), Fp.FromWide(wide[ElementBytes..]));
    }

    /// <summary>expand_message_xmd with SHA-256; at most 8,160 bytes.</summary>
    public static void Expand(ReadOnlySpan<byte> message, ReadOnlySpan<byte> domain, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfZero(domain.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(domain.Length, 255);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(output.Length, 255 * DigestBytes);
        Span<byte> tag = stackalloc byte[domain.Length + 1];
        domain.CopyTo(tag);
        tag[^1] = (byte)domain.Length;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> prefix = stackalloc byte[BlockBytes];
        prefix.Clear();
        Span<byte> length = stackalloc byte[3];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)output.Length);
        length[2] = 0;
        hash.AppendData(prefix);
        hash.AppendData(message);
        hash.AppendData(length);
        hash.AppendData(tag);
        Span<byte> first = stackalloc byte[DigestBytes];
        hash.GetHashAndReset(first);

        Span<byte> block = stackalloc byte[DigestBytes];
        block.Clear();
        for (var i = 1; !output.IsEmpty; i++)
        {
            for (var at = 0; at < DigestBytes; at++) block[at] ^= first[at];
            hash.AppendData(block);
            hash.AppendData([(byte)i]);
            hash.AppendData(tag);
            hash.GetHashAndReset(block);
            var part = Math.Min(DigestBytes, output.Length);
            block[..part].CopyTo(output);
            output = output[part..];
        }
    }
}
