using System.Security.Cryptography;
using System.Text;

namespace Niche.Bittensor.Wallets;

/// <summary>The protection around a key file's JSON.</summary>
internal static class KeyfileCipher
{
    private const int MaxPassword = 1024;

    /// <summary>The form, by the first bytes.</summary>
    public static KeyfileEncryption FormOf(ReadOnlySpan<byte> file) =>
        file.StartsWith(NaclBox.Prefix) ? KeyfileEncryption.Nacl
        : file.StartsWith(AnsibleVault.Prefix) ? KeyfileEncryption.Ansible
        : file.StartsWith(FernetToken.Prefix) ? KeyfileEncryption.Fernet
        : KeyfileEncryption.None;

    /// <summary>The JSON inside. Zero it after use.</summary>
    /// <exception cref="WalletException">WrongPassword, Malformed, OutOfMemory.</exception>
    public static byte[] Open(ReadOnlySpan<byte> file, string password, string source)
    {
        var form = FormOf(file);
        if (form == KeyfileEncryption.Nacl) NaclBox.RequireForm(file);
        if (form == KeyfileEncryption.Fernet) FernetToken.RequireForm(file);
        var secret = Utf8(password);
        Span<byte> key = stackalloc byte[32];
        try
        {
            var content = form switch
            {
                KeyfileEncryption.Nacl => NaclBox.Open(file, Derived(NaclBox.DeriveKey, secret, key)),
                KeyfileEncryption.Ansible => AnsibleVault.Open(file, secret),
                KeyfileEncryption.Fernet => FernetToken.Open(file, Derived(FernetToken.DeriveKey, secret, key)),
                _ => file.ToArray(),
            };
            return content ?? throw new WalletException(
                WalletFault.WrongPassword, $"The password does not open {source}. Try it again; if it is right, the file was changed.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The file around the JSON.</summary>
    /// <exception cref="WalletException">PasswordNeeded, OutOfMemory.</exception>
    public static byte[] Seal(ReadOnlySpan<byte> content, KeyfileEncryption form, string? password, TimeProvider time)
    {
        if (form == KeyfileEncryption.None) return content.ToArray();
        if (string.IsNullOrEmpty(password)) throw new WalletException(WalletFault.PasswordNeeded, "An encrypted key file needs a password.");
        var secret = Utf8(password);
        Span<byte> key = stackalloc byte[32];
        try
        {
            return form switch
            {
                KeyfileEncryption.Nacl => NaclBox.Seal(content, Derived(NaclBox.DeriveKey, secret, key)),
                KeyfileEncryption.Ansible => AnsibleVault.Seal(content, secret),
                KeyfileEncryption.Fernet => FernetToken.Seal(content, Derived(FernetToken.DeriveKey, secret, key), time.GetUtcNow()),
                _ => throw new ArgumentOutOfRangeException(nameof(form), form, "Not a form of key files."),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private delegate void Stretch(ReadOnlySpan<byte> password, Span<byte> key);

    private static Span<byte> Derived(Stretch stretch, ReadOnlySpan<byte> password, Span<byte> key)
    {
        stretch(password, key);
        return key;
    }

    private static byte[] Utf8(string password) => password.Length <= MaxPassword
        ? Encoding.UTF8.GetBytes(password)
        : throw new WalletException(WalletFault.WrongPassword, $"A password has at most {MaxPassword} characters.");
}
