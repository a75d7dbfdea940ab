using System.Runtime.InteropServices;

namespace Niche.Bittensor.Chain.Storage;

/// <summary>BLAKE2b of 16 to 64 bytes from libsodium; NSec offers only 32 and more.</summary>
public static partial class Blake2b
{
    /// <summary>BLAKE2b-256.</summary>
    public static byte[] Hash256(ReadOnlySpan<byte> data) => Hash(data, 32);

    /// <summary>BLAKE2b-128.</summary>
    public static byte[] Hash128(ReadOnlySpan<byte> data) => Hash(data, 16);

    private static byte[] Hash(ReadOnlySpan<byte> data, int bytes)
    {
        var hash = new byte[bytes];
        if (crypto_generichash_blake2b(hash, (nuint)hash.Length, data, (ulong)data.Length, 0, 0) != 0)
            throw new PlatformNotSupportedException("libsodium could not compute a BLAKE2b hash.");
        return hash;
    }

    [LibraryImport("libsodium")]
    private static partial int crypto_generichash_blake2b(Span<byte> hash, nuint hashBytes, ReadOnlySpan<byte> data, ulong dataBytes, nint key, nuint keyBytes);
}
