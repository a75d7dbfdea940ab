using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Wallets;

/// <summary>The fields of one key file while it is read.</summary>
internal sealed class KeyfileFields : IDisposable
{
    private readonly Dictionary<string, byte[]> _bytes = [];
    private string? _address;

    public string? Phrase { get; private set; }

    public byte[]? Seed => _bytes.GetValueOrDefault("secretSeed");

    public byte[]? PrivateKey => _bytes.GetValueOrDefault("privateKey");

    /// <summary>Takes the string that the reader stands on; false when it is not of the field's form or the field is there already.</summary>
    public bool TrySet(string name, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            case "secretPhrase" when Phrase is null:
                Phrase = reader.GetString();
                return true;
            case "ss58Address" when _address is null:
                _address = reader.GetString();
                return true;
            case "secretPhrase" or "ss58Address":
                return false;
            default:
                return TryHex(reader.ValueSpan, name == "privateKey" ? 64 : 32, out var bytes) && _bytes.TryAdd(name, bytes);
        }
    }

    /// <summary>The public key that the file names, by address or in hexadecimal.</summary>
    public PublicKey? Public() => _address is not null && Ss58.TryDecode(_address, new byte[32], out _) ? PublicKey.FromAddress(_address)
        : _bytes.TryGetValue("publicKey", out var key) || _bytes.TryGetValue("accountId", out key) ? PublicKey.FromBytes(key)
        : null;

    /// <summary>Every public field must be of this key.</summary>
    /// <exception cref="WalletException">Mismatch.</exception>
    public void RequireSame(PublicKey key, string source)
    {
        var named = new[] { "accountId", "publicKey" }.Where(_bytes.ContainsKey).Select(name => PublicKey.FromBytes(_bytes[name])).ToList();
        Span<byte> decoded = stackalloc byte[32];
        if (_address is not null)
        {
            if (!Ss58.TryDecode(_address, decoded, out _)) throw new WalletException(WalletFault.Malformed, $"{source} has an ss58Address that is none.");
            named.Add(PublicKey.FromBytes(decoded));
        }

        if (named.Find(other => !other.Equals(key)) is { } wrong)
            throw new WalletException(WalletFault.Mismatch, $"{source} says it is {wrong.Address}, and its key is {key.Address}. Restore it from the phrase.");
    }

    public void Dispose()
    {
        foreach (var bytes in _bytes.Values) CryptographicOperations.ZeroMemory(bytes);
    }

    private static bool TryHex(ReadOnlySpan<byte> text, int length, out byte[] bytes)
    {
        if (text.StartsWith("0x"u8)) text = text[2..];
        bytes = GC.AllocateArray<byte>(length, pinned: true);
        if (text.Length == length * 2 && Convert.FromHexString(text, bytes, out _, out var written) == OperationStatus.Done && written == length) return true;
        CryptographicOperations.ZeroMemory(bytes);
        return false;
    }
}
