using System.Buffers.Binary;
using System.Security.Cryptography;
using Niche.Bittensor.Bls12381;

namespace Niche.Bittensor.Timelock;

/// <summary>
/// The drand network "quicknet", whose signature of a round opens what was locked to that round: a new round every three seconds, signatures
/// in G1, the public key in G2 of BLS12-381.
/// </summary>
public static class DrandQuicknet
{
    /// <summary>Unix seconds of round 0; round n is signed at this time plus n periods.</summary>
    public const long GenesisUnixSeconds = 1692803367;

    /// <summary>Seconds between rounds.</summary>
    public const int PeriodSeconds = 3;

    /// <summary>Length of a round's signature.</summary>
    public const int SignatureBytes = 48;

    private static readonly byte[] Key = Convert.FromHexString(
        "83CF0F2896ADEE7EB8B5F01FCAD3912212C437E0073E911FB90022D3E760183C8C4B450B6A0A6C3AC6A5776A2D106451" +
        "0D1FEC758C921CC22B0E17E63AAF4BCB5ED66304DE9CF809BD274CA73BAB4AF5A6E9C76A4BC09E76EAE8991EF5ECE45A");

    /// <summary>The network's public key: 96 bytes, a compressed point of G2.</summary>
    public static ReadOnlySpan<byte> PublicKey => Key;

    internal static CurvePoint<Fp2> KeyPoint { get; } = PointEncoding.TryDecode<Fp2>(Key, out var point)
        ? point
        : throw new InvalidOperationException("The public key of drand quicknet was mistyped.");

    /// <summary>The round of a moment, counted as the Bittensor SDK counts it: whole periods since genesis; 0 before genesis.</summary>
    public static ulong RoundAt(DateTimeOffset time) =>
        (ulong)Math.Max(0, (time - DateTimeOffset.FromUnixTimeSeconds(GenesisUnixSeconds)).Ticks / (PeriodSeconds * TimeSpan.TicksPerSecond));

    /// <summary>The first moment of a round, in the same count. Past the year 9999 it is <see cref="DateTimeOffset.MaxValue"/>.</summary>
    public static DateTimeOffset TimeOf(ulong round)
    {
        var most = (ulong)(DateTimeOffset.MaxValue.ToUnixTimeSeconds() - GenesisUnixSeconds) / PeriodSeconds;
        return round > most
            ? DateTimeOffset.MaxValue
            : DateTimeOffset.FromUnixTimeSeconds(GenesisUnixSeconds + ((long)round * PeriodSeconds));
    }

    /// <summary>True when the 48 bytes are the network's signature of the round. Any other bytes give false.</summary>
    public static bool Verify(ulong round, ReadOnlySpan<byte> signature) =>
        PointEncoding.TryDecode<Fp>(signature, out var point)
        && !point.IsIdentity
        && Pairing.AreEqual(point, Generators.G2, Identity(round), KeyPoint);

    /// <summary>The point that the network signs in a round: the hash to G1 of the round's digest.</summary>
    internal static CurvePoint<Fp> Identity(ulong round)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, round);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return HashToG1.Hash(digest, "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"u8);
    }
}
