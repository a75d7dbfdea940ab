using System.Security.Cryptography;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Wallets;

/// <summary>
/// One key file of btwallet, plain or encrypted. Opening an encrypted one takes seconds of processor time and, for NaCl, 512 MiB of memory: that
/// is the protection.
/// </summary>
/// <param name="path">Full path.</param>
/// <param name="options">Permissions that are allowed, and where passwords are looked up.</param>
public sealed class Keyfile(string path, WalletOptions options)
{
    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>True when it is there.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>How the file is protected.</summary>
    /// <exception cref="WalletException">NotFound, TooLarge, UnsafePermissions, Unreachable.</exception>
    public KeyfileEncryption Encryption()
    {
        var file = SecretFile.Read(path, secret: true, options.AllowUnsafePermissions);
        var form = KeyfileCipher.FormOf(file);
        CryptographicOperations.ZeroMemory(file);
        return form;
    }

    /// <summary>The key. An encrypted file takes the password given, else that of its variable (<see cref="PasswordVariable"/>).</summary>
    /// <exception cref="WalletException">Any fault but AlreadyExists and InvalidName.</exception>
    public WalletKey Read(string? password = null)
    {
        var file = SecretFile.Read(path, secret: true, options.AllowUnsafePermissions);
        var content = file;
        try
        {
            if (KeyfileCipher.FormOf(file) != KeyfileEncryption.None) content = KeyfileCipher.Open(file, password ?? PasswordFromEnvironment(), path);
            return KeyfileJson.Read(content, path);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(file);
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>The public key that a plain file names, without touching its secrets.</summary>
    /// <exception cref="WalletException">PasswordNeeded for an encrypted file, and all that <see cref="Read"/> throws.</exception>
    public PublicKey ReadPublic()
    {
        var file = SecretFile.Read(path, secret: !path.EndsWith(WalletName.PublicSuffix, StringComparison.Ordinal), options.AllowUnsafePermissions);
        try
        {
            return KeyfileCipher.FormOf(file) == KeyfileEncryption.None ? KeyfileJson.ReadPublic(file, path) : throw PasswordNeeded();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(file);
        }
    }

    /// <summary>Writes a key with its secret, mode 0600.</summary>
    /// <exception cref="WalletException">NoSecret, PasswordNeeded, AlreadyExists, OutOfMemory, Unreachable.</exception>
    public void Write(WalletKey key, KeyfileEncryption encryption, string? password = null, bool overwrite = false, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!key.HasSecret) throw new WalletException(WalletFault.NoSecret, $"Only the public key of {key.Address} is here; a key file keeps the secret one.");
        SecretFile.RequireFree(path, overwrite);
        var content = KeyfileJson.Write(key, withSecret: true);
        var file = content;
        try
        {
            file = KeyfileCipher.Seal(content, encryption, password, time ?? TimeProvider.System);
            SecretFile.Write(path, file, overwrite);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
            CryptographicOperations.ZeroMemory(file);
        }
    }

    /// <summary>Writes the public half.</summary>
    /// <exception cref="WalletException">AlreadyExists, Unreachable.</exception>
    public void WritePublic(WalletKey key, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(key);
        SecretFile.Write(path, KeyfileJson.Write(key, withSecret: false), overwrite);
    }

    private string PasswordFromEnvironment()
    {
        var variable = PasswordVariable.NameFor(path);
        return options.Environment(variable) is { Length: > 0 } value ? PasswordVariable.Decode(variable, value) : throw PasswordNeeded();
    }

    private WalletException PasswordNeeded() => new(
        WalletFault.PasswordNeeded, $"{path} is encrypted: give its password, or set {PasswordVariable.NameFor(path)} as btwallet does.");
}
