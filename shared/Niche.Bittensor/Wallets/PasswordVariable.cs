using System.Security.Cryptography;
using System.Text;

namespace Niche.Bittensor.Wallets;

/// <summary>
/// Passwords in environment variables as btwallet keeps them: the name is BT_PW_ and the key file's path, the value base64 of the password
/// XORed with the name. That hides it from a glance, from nobody else: treat the variable as the password itself.
/// </summary>
public static class PasswordVariable
{
    private const int MaxCharacters = 4096;

    /// <summary>The variable of a key file.</summary>
    public static string NameFor(string keyfilePath)
    {
        ArgumentNullException.ThrowIfNull(keyfilePath);
        return "BT_PW_" + keyfilePath.Replace('/', '_').Replace('\\', '_').Replace('.', '_').ToUpperInvariant();
    }

    /// <summary>The value that stands for a password in a variable.</summary>
    public static string Encode(string variable, string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        Mask(bytes, variable);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>The password behind a variable's value.</summary>
    /// <exception cref="WalletException">Not such a value (Malformed).</exception>
    public static string Decode(string variable, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var bytes = new byte[Math.Min(value.Length, MaxCharacters)];
        try
        {
            if (value.Length > MaxCharacters || !Convert.TryFromBase64String(value, bytes, out var length)) throw Unreadable(variable);
            Mask(bytes.AsSpan(0, length), variable);
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw Unreadable(variable);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static void Mask(Span<byte> bytes, string variable)
    {
        var name = Encoding.UTF8.GetBytes(variable);
        for (var i = 0; i < bytes.Length; i++) bytes[i] ^= name[i % name.Length];
    }

    private static WalletException Unreadable(string variable) => new(
        WalletFault.Malformed, $"{variable} holds no password as btwallet writes it: base64 of the password XORed with the variable's name.");
}
