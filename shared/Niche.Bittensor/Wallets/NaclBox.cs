using System.Security.Cryptography;

namespace Niche.Bittensor.Wallets;

/// <summary>The form <c>$NACL</c>: prefix, nonce of 24 bytes, secretbox. The salt is btwallet's, the same for everybody.</summary>
internal static class NaclBox
{
    public const int KeyBytes = 32;

    private const int Passes = 8;
    private const int Memory = 512 * 1024 * 1024;

    public static ReadOnlySpan<byte> Prefix => "$NACL"u8;

    private static ReadOnlySpan<byte> Salt =>
        [0x13, 0x71, 0x83, 0xDF, 0xF1, 0x5A, 0x09, 0xBC, 0x9C, 0x90, 0xB5, 0x51, 0x87, 0x39, 0xE9, 0xB1];

    /// <exception cref="WalletException">OutOfMemory.</exception>
    public static void DeriveKey(ReadOnlySpan<byte> password, Span<byte> key)
    {
        if (!Sodium.TryArgon2i(key, password, Salt, Passes, Memory))
            throw new WalletException(WalletFault.OutOfMemory, "The password of a NaCl key file takes 512 MiB of memory, which this machine does not give.");
    }

    /// <summary>The content; null when the password's key does not open it.</summary>
    /// <exception cref="WalletException">Malformed.</exception>
    public static byte[]? Open(ReadOnlySpan<byte> file, ReadOnlySpan<byte> key)
    {
        RequireForm(file);
        var nonce = file.Slice(Prefix.Length, Sodium.NonceBytes);
        var box = file[(Prefix.Length + Sodium.NonceBytes)..];
        var content = new byte[box.Length - Sodium.MacBytes];
        return Sodium.TryOpen(content, box, nonce, key) ? content : null;
    }

    /// <summary>Cheap checks, before a password is asked for.</summary>
    /// <exception cref="WalletException">Malformed.</exception>
    public static void RequireForm(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Prefix) || file.Length <= Prefix.Length + Sodium.NonceBytes + Sodium.MacBytes)
            throw new WalletException(WalletFault.Malformed, "A NaCl key file is cut short.");
    }

    public static byte[] Seal(ReadOnlySpan<byte> content, ReadOnlySpan<byte> key)
    {
        var file = new byte[Prefix.Length + Sodium.NonceBytes + Sodium.MacBytes + content.Length];
        Prefix.CopyTo(file);
        var nonce = file.AsSpan(Prefix.Length, Sodium.NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        Sodium.Seal(file.AsSpan(Prefix.Length + Sodium.NonceBytes), content, nonce, key);
        return file;
    }
}
