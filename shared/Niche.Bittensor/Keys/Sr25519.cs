using System.Security.Cryptography;

namespace Niche.Bittensor.Keys;

/// <summary>
/// Schnorr signatures and key derivation on ristretto255 as schnorrkel 0.11 does them, signing context "substrate".
/// A secret is 64 bytes: canonical scalar (32), then the secret nonce (32).
/// </summary>
internal static class Sr25519
{
    public const int SecretBytes = 64, PublicBytes = 32, SignatureBytes = 64;

    // What every signature begins with, absorbed once.
    private static readonly MerlinTranscript Context = SigningContext();

    /// <summary>Expands a 32-byte mini secret the ed25519 way: clamp, then divide by the cofactor 8.</summary>
    public static void Expand(ReadOnlySpan<byte> miniSecret, Span<byte> secret)
    {
        SHA512.HashData(miniSecret, secret);
        secret[0] &= 248;
        secret[31] &= 63;
        secret[31] |= 64;
        for (var i = 0; i < 31; i++) secret[i] = (byte)((secret[i] >> 3) | (secret[i + 1] << 5));
        secret[31] >>= 3;
    }

    public static void PublicKey(ReadOnlySpan<byte> secret, Span<byte> publicKey)
    {
        if (!Ristretto255.TryMultiplyBase(secret[..32], publicKey))
            throw new KeyFormatException("The secret scalar is zero; it belongs to no key.");
    }

    public static void Sign(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        Span<byte> entropy = stackalloc byte[32];
        Span<byte> witness = stackalloc byte[64];
        RandomNumberGenerator.Fill(entropy);
        var transcript = SigningTranscript(publicKey, [], message, []);

        // Secret nonce, message and fresh randomness together: a weak generator alone can not repeat r for two messages.
        var fork = transcript;
        fork.Witness("signing"u8, secret[32..64], entropy, witness);
        fork.Clear();
        Finish(ref transcript, secret, witness, signature);
        CryptographicOperations.ZeroMemory(entropy);
        CryptographicOperations.ZeroMemory(witness);
    }

    /// <summary>Signs with a given 64-byte witness, of which r is the residue; reusing a witness for two messages reveals the key.</summary>
    public static void SignWithWitness(
        ReadOnlySpan<byte> secret, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> witness, Span<byte> signature)
    {
        var transcript = SigningTranscript(publicKey, [], message, []);
        Finish(ref transcript, secret, witness, signature);
    }

    /// <summary>True when the signature is over the message; with <paramref name="alsoWrapped"/> also when it is over the message in <c>&lt;Bytes&gt;</c>.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, bool alsoWrapped = false)
    {
        if (publicKey.Length != PublicBytes || signature.Length != SignatureBytes || (signature[63] & 0x80) == 0) return false;
        Span<byte> s = stackalloc byte[32];
        signature[32..].CopyTo(s);
        s[31] &= 0x7F;
        if (!Ristretto255.IsCanonicalScalar(s)) return false;

        // The equation is k * A = s * B - R. Its right side does not depend on the message, so that the second reading of the message costs one
        // multiplication; and the library checks A and R where it decodes them.
        Span<byte> sB = stackalloc byte[32];
        Span<byte> right = stackalloc byte[32];
        if (!Ristretto255.TryMultiplyBase(s, sB) || !Ristretto255.TrySubtract(sB, signature[..32], right)) return false;
        return IsLeftSide(right, publicKey, SigningTranscript(publicKey, [], message, []), signature)
            || (alsoWrapped && IsLeftSide(right, publicKey, SigningTranscript(publicKey, "<Bytes>"u8, message, "</Bytes>"u8), signature));
    }

    public static void DeriveHard(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> chainCode, Span<byte> child)
    {
        Span<byte> mini = stackalloc byte[32];
        var transcript = DerivationTranscript(chainCode);
        transcript.Append("secret-key"u8, secret[..32]);
        transcript.Challenge("HDKD-hard"u8, mini);
        transcript.Clear();
        Expand(mini, child);
        CryptographicOperations.ZeroMemory(mini);
    }

    public static void DeriveSoft(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> chainCode, Span<byte> child)
    {
        Span<byte> offset = stackalloc byte[32];
        var transcript = DerivationTranscript(chainCode);
        transcript.Append("public-key"u8, publicKey);
        transcript.ChallengeScalar("HDKD-scalar"u8, offset);
        Ristretto255.AddScalars(secret[..32], offset, child[..32]);
        RandomNumberGenerator.Fill(child[32..64]);
    }

    private static MerlinTranscript DerivationTranscript(ReadOnlySpan<byte> chainCode)
    {
        var transcript = new MerlinTranscript("SchnorrRistrettoHDKD"u8);
        transcript.Append("sign-bytes"u8, []);
        transcript.Append("chain-code"u8, chainCode);
        return transcript;
    }

    private static MerlinTranscript SigningContext()
    {
        var transcript = new MerlinTranscript("SigningContext"u8);
        transcript.Append([], "substrate"u8);
        return transcript;
    }

    private static MerlinTranscript SigningTranscript(
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> head, ReadOnlySpan<byte> message, ReadOnlySpan<byte> tail)
    {
        var transcript = Context;
        transcript.Append("sign-bytes"u8, head, message, tail);
        transcript.Append("proto-name"u8, "Schnorr-sig"u8);
        transcript.Append("sign:pk"u8, publicKey);
        return transcript;
    }

    private static void Finish(ref MerlinTranscript transcript, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> witness, Span<byte> signature)
    {
        Span<byte> r = stackalloc byte[32];
        Span<byte> k = stackalloc byte[32];
        Ristretto255.ReduceScalar(witness, r);
        if (!Ristretto255.TryMultiplyBase(r, signature[..32]))
            throw new CryptographicException("The signing witness reduced to zero; the random generator is broken.");

        transcript.Append("sign:R"u8, signature[..32]);
        transcript.ChallengeScalar("sign:c"u8, k);
        Ristretto255.MultiplyScalars(k, secret[..32], k);
        Ristretto255.AddScalars(k, r, signature[32..64]);
        signature[63] |= 0x80;
        CryptographicOperations.ZeroMemory(r);
        CryptographicOperations.ZeroMemory(k);
    }

    private static bool IsLeftSide(ReadOnlySpan<byte> right, ReadOnlySpan<byte> publicKey, MerlinTranscript transcript, ReadOnlySpan<byte> signature)
    {
        Span<byte> k = stackalloc byte[32];
        Span<byte> kA = stackalloc byte[32];
        transcript.Append("sign:R"u8, signature[..32]);
        transcript.ChallengeScalar("sign:c"u8, k);
        return Ristretto255.TryMultiply(k, publicKey, kA) && kA.SequenceEqual(right);
    }
}
