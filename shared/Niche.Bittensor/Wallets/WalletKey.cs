using System.Security.Cryptography;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Wallets;

/// <summary>
/// A key as wallet files keep it: the public half, for secret files the private key, and the phrase or seed it came from where that is known.
/// Disposing it zeroes private key and seed; a phrase is a string, which the runtime keeps until it is collected. Printed, it is its address.
/// </summary>
public sealed class WalletKey : IDisposable
{
    private readonly byte[]? _privateKey;
    private readonly byte[]? _seed;
    private bool _disposed;

    private WalletKey(PublicKey publicKey, Keypair? pair = null, string? phrase = null, ReadOnlySpan<byte> seed = default)
    {
        PublicKey = publicKey;
        Phrase = phrase;
        if (pair is null) return;
        _privateKey = GC.AllocateArray<byte>(64, pinned: true);
        pair.CopyPrivateKey(_privateKey);
        if (seed.IsEmpty) return;
        _seed = GC.AllocateArray<byte>(seed.Length, pinned: true);
        seed.CopyTo(_seed);
    }

    /// <summary>The public half.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>The SS58 address with prefix 42.</summary>
    public string Address => PublicKey.Address;

    /// <summary>True when it can sign.</summary>
    public bool HasSecret => _privateKey is not null;

    /// <summary>The BIP-39 phrase, where it is known.</summary>
    public string? Phrase { get; }

    internal ReadOnlySpan<byte> PrivateKey => _disposed ? throw new ObjectDisposedException(nameof(WalletKey)) : _privateKey;

    internal ReadOnlySpan<byte> Seed => _disposed ? throw new ObjectDisposedException(nameof(WalletKey)) : _seed;

    /// <summary>A new key with a phrase of 12, 15, 18, 21 or 24 words.</summary>
    public static WalletKey Create(int words = 12) => FromPhrase(Mnemonic.Generate(words));

    /// <summary>The key of a BIP-39 phrase without a password.</summary>
    /// <exception cref="KeyFormatException">The phrase is not valid.</exception>
    public static WalletKey FromPhrase(string phrase)
    {
        var seed = Mnemonic.ToMiniSecret(phrase);
        try
        {
            using var pair = Keypair.FromSeed(seed);
            var words = phrase.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            return new WalletKey(pair.ToPublic(), pair, string.Join(' ', words), seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>The key of a 32-byte seed.</summary>
    public static WalletKey FromSeed(ReadOnlySpan<byte> seed)
    {
        using var pair = Keypair.FromSeed(seed);
        return new WalletKey(pair.ToPublic(), pair, seed: seed);
    }

    /// <summary>The key of a pair of which no more than the private key is known.</summary>
    public static WalletKey FromKeypair(Keypair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return new WalletKey(pair.ToPublic(), pair);
    }

    /// <summary>A public key alone.</summary>
    public static WalletKey FromPublic(PublicKey publicKey) => new(publicKey);

    /// <summary>The pair to sign with; dispose it too.</summary>
    /// <exception cref="WalletException">There is a public key only (NoSecret).</exception>
    public Keypair ToKeypair() => HasSecret
        ? Keypair.FromPrivateKey(PrivateKey)
        : throw new WalletException(WalletFault.NoSecret, $"Only the public key of {Address} is here; signing needs the secret one.");

    /// <summary>The address.</summary>
    public override string ToString() => Address;

    /// <summary>Zeroes private key and seed.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_privateKey);
        CryptographicOperations.ZeroMemory(_seed);
    }
}
