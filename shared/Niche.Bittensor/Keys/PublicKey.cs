namespace Niche.Bittensor.Keys;

/// <summary>An sr25519 public key: what others know of a coldkey or hotkey. It verifies and has an address; it can not sign.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    private readonly byte[] _bytes;

    private PublicKey(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes.ToArray();
        Address = Ss58.Encode(_bytes);
    }

    /// <summary>The SS58 address with prefix 42.</summary>
    public string Address { get; }

    /// <summary>The 32 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The key of 32 bytes. Whether they are a point of the group shows when a signature is verified.</summary>
    /// <exception cref="KeyFormatException">Another number of bytes.</exception>
    public static PublicKey FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Sr25519.PublicBytes ? new PublicKey(bytes) : throw new KeyFormatException("A public key has 32 bytes.");

    /// <summary>The key of an SS58 address with any prefix.</summary>
    /// <exception cref="KeyFormatException">Not an address.</exception>
    public static PublicKey FromAddress(string address) => new(Ss58.Decode(address));

    /// <summary>As <see cref="Keypair.Verify(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => Keypair.Verify(_bytes, message, signature);

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Address);

    /// <summary>The address.</summary>
    public override string ToString() => Address;
}
