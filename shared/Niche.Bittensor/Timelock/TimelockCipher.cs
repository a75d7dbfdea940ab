using System.Security.Cryptography;
using Niche.Bittensor.Bls12381;

namespace Niche.Bittensor.Timelock;

/// <summary>
/// Locks a message to a future round of <see cref="DrandQuicknet"/>: identity-based encryption after Boneh and Franklin with the round as
/// identity, as tlock does it. Before the network has signed the round nobody can read the message, afterwards everybody can.
/// </summary>
public static class TimelockCipher
{
    /// <summary>Locks a message; two calls give different bytes.</summary>
    /// <param name="message">Any bytes.</param>
    /// <param name="round">The round that opens it; a round of the past can be read at once.</param>
    public static TimelockCiphertext Encrypt(ReadOnlySpan<byte> message, ulong round)
    {
        Span<byte> key = stackalloc byte[TimelockCiphertext.KeyBytes], sigma = stackalloc byte[TimelockCiphertext.KeyBytes];
        Span<byte> nonce = stackalloc byte[TimelockCiphertext.NonceBytes];
        RandomNumberGenerator.Fill(key);
        RandomNumberGenerator.Fill(sigma);
        RandomNumberGenerator.Fill(nonce);
        try
        {
            return EncryptWith(message, round, key, sigma, nonce);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(sigma);
        }
    }

    /// <summary>Locks a message with given secrets; the same secrets twice reveal both messages.</summary>
    internal static TimelockCiphertext EncryptWith(
        ReadOnlySpan<byte> message, ulong round, ReadOnlySpan<byte> key, ReadOnlySpan<byte> sigma, ReadOnlySpan<byte> nonce)
    {
        // Taken as 256 bits: the groups reduce it modulo their order.
        Span<byte> r = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> mask = stackalloc byte[SHA256.HashSizeInBytes];
        try
        {
            HashPair(sigma, key, r);
            var point = new byte[TimelockCiphertext.PointBytes];
            PointEncoding.Encode(Generators.G2.Multiply(r), point);

            // e(Q, r·P) = e(r·Q, P), and a multiple in G1 costs a third of one in G2.
            Mask(Pairing.Compute(DrandQuicknet.Identity(round).Multiply(r), DrandQuicknet.KeyPoint), mask);
            var v = Xor(sigma, mask);
            SHA256.HashData(sigma, mask);
            return new(point, v, Xor(key, mask), Seal(message, key, nonce), nonce.ToArray());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(r);
            CryptographicOperations.ZeroMemory(mask);
        }
    }

    /// <summary>Opens a message with the network's signature of its round.</summary>
    /// <exception cref="TimelockException">
    /// The signature is no point of G1, it belongs to another round, or the ciphertext was not made by <see cref="Encrypt"/>.
    /// </exception>
    public static byte[] Decrypt(TimelockCiphertext ciphertext, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(ciphertext);
        if (!PointEncoding.TryDecode<Fp>(signature, out var opener) || opener.IsIdentity)
            throw new TimelockException("A signature of drand quicknet is a compressed point of G1: 48 bytes.");
        if (!PointEncoding.TryDecode<Fp2>(ciphertext.Point, out var point) || point.IsIdentity)
            throw new TimelockException("The timelocked message does not begin with a compressed point of G2.");

        Span<byte> mask = stackalloc byte[SHA256.HashSizeInBytes];
        Mask(Pairing.Compute(opener, point), mask);
        var sigma = Xor(ciphertext.V, mask);
        SHA256.HashData(sigma, mask);
        var key = Xor(ciphertext.W, mask);

        // Whoever knows σ and the key knows r: a U that is not r·G2 was not made with them.
        HashPair(sigma, key, mask);
        if (!Generators.G2.Multiply(mask).Is(point)) throw NotOpened(null);
        return Open(ciphertext, key);
    }

    private static void HashPair(ReadOnlySpan<byte> sigma, ReadOnlySpan<byte> key, Span<byte> digest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(sigma);
        hash.AppendData(key);
        hash.GetHashAndReset(digest);
    }

    private static void Mask(in Fp12 value, Span<byte> digest)
    {
        Span<byte> bytes = stackalloc byte[Fp12.ByteLength];
        value.WriteLittleEndian(bytes);
        SHA256.HashData(bytes, digest);
        CryptographicOperations.ZeroMemory(bytes);
    }

    private static byte[] Xor(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var result = a.ToArray();
        for (var i = 0; i < result.Length; i++) result[i] ^= b[i];
        return result;
    }

    private static byte[] Seal(ReadOnlySpan<byte> message, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce)
    {
        var text = new byte[message.Length + TimelockCiphertext.TagBytes];
        using var aes = new AesGcm(key, TimelockCiphertext.TagBytes);
        aes.Encrypt(nonce, message, text.AsSpan(0, message.Length), text.AsSpan(message.Length));
        return text;
    }

    private static byte[] Open(TimelockCiphertext ciphertext, ReadOnlySpan<byte> key)
    {
        var message = new byte[ciphertext.MessageLength];
        using var aes = new AesGcm(key, TimelockCiphertext.TagBytes);
        try
        {
            aes.Decrypt(
                ciphertext.Nonce, ciphertext.Sealed.AsSpan(0, message.Length), ciphertext.Sealed.AsSpan(message.Length), message);
            return message;
        }
        catch (AuthenticationTagMismatchException fault)
        {
            throw NotOpened(fault);
        }
    }

    private static TimelockException NotOpened(Exception? cause)
    {
        const string text = "The signature does not open this message: it is that of another round, or the message was changed.";
        return cause is null ? new(text) : new(text, cause);
    }
}
