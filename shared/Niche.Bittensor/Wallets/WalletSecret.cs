using System.Security.Cryptography;
using System.Text;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Wallets;

/// <summary>
/// A key from text, for places without a wallet folder: an environment variable or a vault's secret. Taken are a phrase, a 0x seed of 32 bytes, a 0x
/// private key of 64 bytes, a secret URI (phrase//hard/soft///password), and the content of a key file, as it is or in base64.
/// </summary>
public static class WalletSecret
{
    /// <summary>Reads the text.</summary>
    /// <param name="text">At most 64 KiB.</param>
    /// <param name="password">Opens the content of an encrypted key file.</param>
    /// <param name="source">What messages call the text, for example the variable's name.</param>
    /// <exception cref="WalletException">PasswordNeeded, WrongPassword, Malformed, TooLarge, Mismatch, OutOfMemory.</exception>
    public static WalletKey Parse(string text, string? password = null, string source = "The secret")
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > SecretFile.MaxBytes) throw new WalletException(WalletFault.TooLarge, $"{source} is longer than any key file.");
        var bytes = Encoding.UTF8.GetBytes(text.Trim());
        try
        {
            return ParseFile(bytes, password, source) ?? ParseBase64(bytes, password, source) ?? ParseUri(text.Trim());
        }
        catch (KeyFormatException e)
        {
            throw new WalletException(WalletFault.Malformed, $"{source} is no phrase, seed, private key, secret URI or key file: {e.Message}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Reads the variable of that name; its password, where it needs one, from the variable with _PASSWORD behind it.</summary>
    /// <exception cref="WalletException">NotFound, and all that <see cref="Parse"/> throws.</exception>
    public static WalletKey FromEnvironment(string variable, Func<string, string?>? environment = null)
    {
        var read = environment ?? Environment.GetEnvironmentVariable;
        return read(variable) is { Length: > 0 } text
            ? Parse(text, read(variable + "_PASSWORD"), variable)
            : throw new WalletException(WalletFault.NotFound, $"{variable} is not set.");
    }

    private static WalletKey? ParseFile(ReadOnlySpan<byte> bytes, string? password, string source)
    {
        if (KeyfileCipher.FormOf(bytes) == KeyfileEncryption.None) return bytes.StartsWith("{"u8) ? KeyfileJson.Read(bytes, source) : null;
        if (string.IsNullOrEmpty(password)) throw new WalletException(WalletFault.PasswordNeeded, $"{source} is encrypted and needs its password.");
        var content = KeyfileCipher.Open(bytes, password, source);
        try
        {
            return KeyfileJson.Read(content, source);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static WalletKey? ParseBase64(ReadOnlySpan<byte> bytes, string? password, string source)
    {
        var decoded = new byte[bytes.Length];
        try
        {
            return System.Buffers.Text.Base64.DecodeFromUtf8(bytes, decoded, out _, out var length) == System.Buffers.OperationStatus.Done
                ? ParseFile(decoded.AsSpan(0, length), password, source)
                : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(decoded);
        }
    }

    private static WalletKey ParseUri(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal) && text.Length == 2 + 128) return ParsePrivateKey(text.AsSpan(2));
        if (!text.Contains('/', StringComparison.Ordinal) && text.Contains(' ', StringComparison.Ordinal)) return WalletKey.FromPhrase(text);
        using var pair = Keypair.FromUri(text);
        return WalletKey.FromKeypair(pair);
    }

    private static WalletKey ParsePrivateKey(ReadOnlySpan<char> hex)
    {
        Span<byte> bytes = stackalloc byte[64];
        try
        {
            if (Convert.FromHexString(hex, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
                throw new KeyFormatException("A private key is 0x and 128 hexadecimal digits.");
            using var pair = Keypair.FromPrivateKey(bytes);
            return WalletKey.FromKeypair(pair);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
