using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Niche.Bittensor.Wallets;

/// <summary>
/// The form <c>$ANSIBLE_VAULT;1.1;AES256</c>: hexadecimal of three hexadecimal lines, salt, HMAC and ciphertext. PBKDF2-SHA256 gives the key of
/// AES-256-CTR, the key of HMAC-SHA256 and the counter.
/// </summary>
internal static class AnsibleVault
{
    private const int Rounds = 10_000, SaltBytes = 32, LineCharacters = 80, BlockBytes = 16;

    public static ReadOnlySpan<byte> Prefix => "$ANSIBLE_VAULT"u8;

    private static ReadOnlySpan<byte> Header => "$ANSIBLE_VAULT;1.1;AES256\n"u8;

    /// <summary>The content; null when the password does not open it.</summary>
    /// <exception cref="WalletException">Malformed.</exception>
    public static byte[]? Open(ReadOnlySpan<byte> file, ReadOnlySpan<byte> password)
    {
        var (salt, mac, cipher) = Parse(file);
        Span<byte> keys = stackalloc byte[80];
        Rfc2898DeriveBytes.Pbkdf2(password, salt, keys, Rounds, HashAlgorithmName.SHA256);
        try
        {
            if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(keys[32..64], cipher), mac)) return null;
            ApplyCounter(cipher, keys[..32], keys[64..]);
            return Unpad(cipher);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(keys);
            CryptographicOperations.ZeroMemory(cipher);
        }
    }

    public static byte[] Seal(ReadOnlySpan<byte> content, ReadOnlySpan<byte> password)
    {
        var padding = BlockBytes - content.Length % BlockBytes;
        var cipher = new byte[content.Length + padding];
        content.CopyTo(cipher);
        cipher.AsSpan(content.Length).Fill((byte)padding);

        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        Span<byte> keys = stackalloc byte[80];
        Rfc2898DeriveBytes.Pbkdf2(password, salt, keys, Rounds, HashAlgorithmName.SHA256);
        ApplyCounter(cipher, keys[..32], keys[64..]);
        var mac = HMACSHA256.HashData(keys[32..64], cipher);
        CryptographicOperations.ZeroMemory(keys);

        var inner = string.Join('\n', new[] { salt, mac, cipher }.Select(Convert.ToHexStringLower));
        var text = new StringBuilder(Encoding.ASCII.GetString(Header));
        foreach (var line in Convert.ToHexStringLower(Encoding.ASCII.GetBytes(inner)).Chunk(LineCharacters)) text.Append(line).Append('\n');
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static (byte[] Salt, byte[] Mac, byte[] Cipher) Parse(ReadOnlySpan<byte> file)
    {
        var text = Encoding.Latin1.GetString(file);
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 2 || lines[0].Split(';') is not ["$ANSIBLE_VAULT", "1.1" or "1.2", "AES256", ..])
            throw Malformed("its first line is not $ANSIBLE_VAULT;1.1;AES256");
        var inner = Encoding.Latin1.GetString(Hex(string.Concat(lines[1..]))).Split('\n');
        if (inner.Length != 3) throw Malformed("it has not three parts");
        var (salt, mac, cipher) = (Hex(inner[0]), Hex(inner[1]), Hex(inner[2]));
        return mac.Length == 32 && cipher.Length >= BlockBytes && cipher.Length % BlockBytes == 0 && salt.Length > 0
            ? (salt, mac, cipher)
            : throw Malformed("a part of it has the wrong length");
    }

    private static byte[] Hex(string text)
    {
        var bytes = new byte[text.Length / 2];
        return Convert.FromHexString(text, bytes, out _, out var written) == OperationStatus.Done && written == bytes.Length
            ? bytes
            : throw Malformed("it is no hexadecimal text");
    }

    // Encryption and decryption are the same: XOR with the enciphered counter, 128 bits, big-endian.
    private static void ApplyCounter(Span<byte> data, ReadOnlySpan<byte> key, ReadOnlySpan<byte> start)
    {
        Span<byte> counter = stackalloc byte[BlockBytes];
        Span<byte> pad = stackalloc byte[BlockBytes];
        start.CopyTo(counter);
        using var aes = Aes.Create();
        aes.SetKey(key);
        for (var at = 0; at < data.Length; at += BlockBytes)
        {
            aes.EncryptEcb(counter, pad, PaddingMode.None);
            for (var i = 0; i < BlockBytes; i++) data[at + i] ^= pad[i];
            for (var i = BlockBytes - 1; i >= 0 && ++counter[i] == 0; i--)
            {
                // The carry goes on to the next byte.
            }
        }

        pad.Clear();
    }

    private static byte[] Unpad(ReadOnlySpan<byte> padded)
    {
        int padding = padded[^1];
        if (padding is < 1 or > BlockBytes || padded[^padding..].IndexOfAnyExcept((byte)padding) >= 0) throw Malformed("its padding is wrong");
        return padded[..^padding].ToArray();
    }

    private static WalletException Malformed(string why) => new(WalletFault.Malformed, $"An Ansible Vault key file can not be read: {why}.");
}
