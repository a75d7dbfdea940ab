using System.Security.Cryptography;

namespace Niche.Bittensor.Keys;

/// <summary>
/// An sr25519 key pair (hotkey or coldkey). Safe for concurrent signing; disposing it zeroes the secret, after which signing throws
/// <see cref="ObjectDisposedException"/>. Never printed: <see cref="ToString"/> gives the address.
/// </summary>
public sealed class Keypair : IDisposable
{
    // Pinned so that the collector leaves no copies of the secret behind when it compacts.
    private readonly byte[] _secret = GC.AllocateArray<byte>(Sr25519.SecretBytes, pinned: true);
    private readonly byte[] _publicKey = new byte[Sr25519.PublicBytes];
    private volatile bool _disposed;

    private Keypair(ReadOnlySpan<byte> secret)
    {
        secret.CopyTo(_secret);
        Sr25519.PublicKey(_secret, _publicKey);
        Address = Ss58.Encode(_publicKey);
    }

    /// <summary>The SS58 address with prefix 42.</summary>
    public string Address { get; }

    /// <summary>The 32-byte public key.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>
    /// Reads a secret URI: <c>phrase</c> or <c>0x</c> + 64 hex digits, then <c>//hard</c> and <c>/soft</c> junctions, then <c>///password</c>.
    /// An empty phrase is the public development phrase, so <c>//Alice</c> is the well-known test key.
    /// </summary>
    /// <exception cref="KeyFormatException">The URI can not be read; the message never repeats it.</exception>
    public static Keypair FromUri(string uri)
    {
        var parsed = SecretUri.Parse(uri);
        var mini = parsed.RootSeed();
        Span<byte> secret = stackalloc byte[Sr25519.SecretBytes];
        Span<byte> child = stackalloc byte[Sr25519.SecretBytes];
        Span<byte> publicKey = stackalloc byte[Sr25519.PublicBytes];
        try
        {
            Sr25519.Expand(mini, secret);
            foreach (var junction in parsed.Junctions)
            {
                Sr25519.PublicKey(secret, publicKey);
                if (junction.Hard) Sr25519.DeriveHard(secret, junction.ChainCode(), child);
                else Sr25519.DeriveSoft(secret, publicKey, junction.ChainCode(), child);
                child.CopyTo(secret);
            }

            return new Keypair(secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(mini);
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(child);
        }
    }

    /// <summary>The key of a BIP-39 English phrase.</summary>
    /// <exception cref="KeyFormatException">The phrase is not valid.</exception>
    public static Keypair FromMnemonic(string phrase, string password = "")
    {
        var mini = Mnemonic.ToMiniSecret(phrase, password);
        try
        {
            return FromSeed(mini);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(mini);
        }
    }

    /// <summary>The key of a 32-byte mini secret ("seed").</summary>
    public static Keypair FromSeed(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != 32) throw new ArgumentException("A seed has 32 bytes.", nameof(seed));
        Span<byte> secret = stackalloc byte[Sr25519.SecretBytes];
        Sr25519.Expand(seed, secret);
        try
        {
            return new Keypair(secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>The key of 64 bytes as wallet files keep them: scalar below the group order (little-endian), then the secret nonce.</summary>
    /// <exception cref="KeyFormatException">Another number of bytes, or a scalar that belongs to no key.</exception>
    public static Keypair FromPrivateKey(ReadOnlySpan<byte> privateKey) =>
        privateKey.Length == Sr25519.SecretBytes && Ristretto255.IsCanonicalScalar(privateKey[..32])
            ? new Keypair(privateKey)
            : throw new KeyFormatException("A private key has 64 bytes, of which the first 32 are a scalar below the group order.");

    /// <summary>A new key from the operating system's random generator. It can not be written down; use <see cref="Mnemonic.Generate"/> for one that can.</summary>
    public static Keypair Generate()
    {
        Span<byte> seed = stackalloc byte[32];
        RandomNumberGenerator.Fill(seed);
        var pair = FromSeed(seed);
        CryptographicOperations.ZeroMemory(seed);
        return pair;
    }

    /// <summary>The public half, which outlives this pair.</summary>
    public PublicKey ToPublic() => Keys.PublicKey.FromBytes(_publicKey);

    /// <summary>Writes the 64 bytes that <see cref="FromPrivateKey"/> reads. Zero them as soon as you can.</summary>
    /// <exception cref="ObjectDisposedException">The pair was disposed.</exception>
    public void CopyPrivateKey(Span<byte> privateKey)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _secret.CopyTo(privateKey);
    }

    /// <summary>A 64-byte signature over the message, context "substrate". Randomised: two calls differ, both verify.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var signature = new byte[Sr25519.SignatureBytes];
        Sr25519.Sign(_secret, _publicKey, message, signature);
        return signature;
    }

    /// <summary>
    /// True when the signature is this key's over the message, or over the message wrapped in <c>&lt;Bytes&gt;</c> as browser wallets sign it.
    /// Malformed keys and signatures give false.
    /// </summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        Sr25519.Verify(publicKey, message, signature, alsoWrapped: true);

    /// <summary>As the other overload, with the signer's SS58 address; an unreadable address gives false.</summary>
    public static bool Verify(string address, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        Span<byte> key = stackalloc byte[Sr25519.PublicBytes];
        return Ss58.TryDecode(address, key, out _) && Verify(key, message, signature);
    }

    /// <summary>The address.</summary>
    public override string ToString() => Address;

    /// <summary>Zeroes the secret.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_secret);
    }
}
