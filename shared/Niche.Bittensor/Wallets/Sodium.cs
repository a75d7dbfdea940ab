using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Niche.Bittensor.Wallets;

/// <summary>The two constructions of libsodium that NaCl key files are made of.</summary>
internal static partial class Sodium
{
    public const int NonceBytes = 24, MacBytes = 16;

    private const string Library = "libsodium";
    private const int Argon2i13 = 1;

    static Sodium()
    {
        if (sodium_init() < 0) throw new PlatformNotSupportedException("libsodium could not be initialised on this machine.");
    }

    /// <summary>Argon2i 1.3 with one lane; false when the memory is not to be had.</summary>
    public static bool TryArgon2i(Span<byte> key, ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, ulong passes, nuint memory) =>
        crypto_pwhash(key, (ulong)key.Length, password, (ulong)password.Length, salt, passes, memory, Argon2i13) == 0;

    /// <summary>XSalsa20-Poly1305; the box is 16 bytes longer than the message.</summary>
    public static void Seal(Span<byte> box, ReadOnlySpan<byte> message, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        if (crypto_secretbox_easy(box, message, (ulong)message.Length, nonce, key) != 0) throw new InvalidOperationException("libsodium sealed nothing.");
    }

    /// <summary>False when key or box are not what they were.</summary>
    public static bool TryOpen(Span<byte> message, ReadOnlySpan<byte> box, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key) =>
        crypto_secretbox_open_easy(message, box, (ulong)box.Length, nonce, key) == 0;

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int sodium_init();

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int crypto_pwhash(
        Span<byte> key, ulong keyLength, ReadOnlySpan<byte> password, ulong passwordLength, ReadOnlySpan<byte> salt, ulong passes, nuint memory, int algorithm);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int crypto_secretbox_easy(Span<byte> box, ReadOnlySpan<byte> message, ulong length, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int crypto_secretbox_open_easy(
        Span<byte> message, ReadOnlySpan<byte> box, ulong length, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key);
}
