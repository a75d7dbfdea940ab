using System.Security.Cryptography;
using NSec.Cryptography;

namespace Niche.Bittensor.Keys;

/// <summary>
/// An Ed25519 key pair (RFC 8032) with Substrate's derivation, for what Bittensor signs outside of sr25519: documents and accounts made
/// with <c>--scheme ed25519</c>. Only hard junctions exist for it. Disposing it zeroes the secret.
/// </summary>
public sealed class Ed25519Keypair : IDisposable
{
    private readonly Key _key;
    private readonly byte[] _publicKey;

    private Ed25519Keypair(ReadOnlySpan<byte> seed)
    {
        _key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        _publicKey = _key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        Address = Ss58.Encode(_publicKey);
    }

    /// <summary>The SS58 address with prefix 42. It does not tell which scheme the key is of.</summary>
    public string Address { get; }

    /// <summary>The 32-byte public key.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>The key of a 32-byte seed.</summary>
    public static Ed25519Keypair FromSeed(ReadOnlySpan<byte> seed) =>
        seed.Length == 32 ? new Ed25519Keypair(seed) : throw new ArgumentException("A seed has 32 bytes.", nameof(seed));

    /// <summary>As <see cref="Keypair.FromUri"/>.</summary>
    /// <exception cref="KeyFormatException">The URI can not be read or has a soft junction; the message never repeats it.</exception>
    public static Ed25519Keypair FromUri(string uri)
    {
        var parsed = SecretUri.Parse(uri);
        var seed = parsed.RootSeed();
        try
        {
            foreach (var junction in parsed.Junctions)
            {
                if (!junction.Hard) throw new KeyFormatException("An Ed25519 key has hard junctions only; write //name.");
                DeriveHard(seed, junction.ChainCode());
            }

            return new Ed25519Keypair(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>The 64-byte signature over the message; the same message gives the same signature.</summary>
    /// <exception cref="ObjectDisposedException">The pair was disposed.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message) => SignatureAlgorithm.Ed25519.Sign(_key, message);

    /// <summary>True when the signature is this key's over the message. Malformed keys and signatures give false.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        NSec.Cryptography.PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key)
        && SignatureAlgorithm.Ed25519.Verify(key!, message, signature);

    /// <summary>The address.</summary>
    public override string ToString() => Address;

    /// <summary>Zeroes the secret.</summary>
    public void Dispose() => _key.Dispose();

    // BLAKE2b-256 of the SCALE tuple ("Ed25519HDKD", seed, chain code), as sp-core does it.
    private static void DeriveHard(Span<byte> seed, ReadOnlySpan<byte> chainCode)
    {
        Span<byte> input = stackalloc byte[12 + 32 + 32];
        input[0] = 11 << 2;
        "Ed25519HDKD"u8.CopyTo(input[1..]);
        seed.CopyTo(input[12..]);
        chainCode.CopyTo(input[44..]);
        NSec.Cryptography.HashAlgorithm.Blake2b_256.Hash(input, seed);
        CryptographicOperations.ZeroMemory(input);
    }
}
