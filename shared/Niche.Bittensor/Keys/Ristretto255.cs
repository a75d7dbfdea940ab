using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Niche.Bittensor.Keys;

/// <summary>Group and scalar arithmetic of ristretto255 (RFC 9496) from libsodium; scalars are little-endian, points encoded, 32 bytes each.</summary>
internal static partial class Ristretto255
{
    private const string Library = "libsodium";

    // The group order L = 2^252 + 27742317777372353535851937790883648493, little-endian.
    private static ReadOnlySpan<byte> Order =>
    [
        0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];

    static Ristretto255()
    {
        if (sodium_init() < 0) throw new PlatformNotSupportedException("libsodium could not be initialised on this machine.");
    }

    /// <summary>scalar * B; false when the result is the identity.</summary>
    public static bool TryMultiplyBase(ReadOnlySpan<byte> scalar, Span<byte> point) =>
        crypto_scalarmult_ristretto255_base(point, scalar) == 0;

    /// <summary>scalar * point; false when the point is no valid encoding or the result is the identity.</summary>
    public static bool TryMultiply(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, Span<byte> result) =>
        crypto_scalarmult_ristretto255(result, scalar, point) == 0;

    public static bool TrySubtract(ReadOnlySpan<byte> p, ReadOnlySpan<byte> q, Span<byte> result) =>
        crypto_core_ristretto255_sub(result, p, q) == 0;

    public static void ReduceScalar(ReadOnlySpan<byte> wide, Span<byte> scalar) =>
        crypto_core_ristretto255_scalar_reduce(scalar, wide);

    public static void MultiplyScalars(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y, Span<byte> result) =>
        crypto_core_ristretto255_scalar_mul(result, x, y);

    public static void AddScalars(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y, Span<byte> result) =>
        crypto_core_ristretto255_scalar_add(result, x, y);

    /// <summary>True when the 32 bytes are below the group order; takes the same time for all.</summary>
    public static bool IsCanonicalScalar(ReadOnlySpan<byte> scalar)
    {
        var borrow = 0;
        for (var i = 0; i < Order.Length; i++) borrow = (scalar[i] - Order[i] - borrow) >> 31 & 1;
        return borrow == 1;
    }

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int sodium_init();

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int crypto_scalarmult_ristretto255_base(Span<byte> q, ReadOnlySpan<byte> n);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int crypto_scalarmult_ristretto255(Span<byte> q, ReadOnlySpan<byte> n, ReadOnlySpan<byte> p);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int crypto_core_ristretto255_sub(Span<byte> r, ReadOnlySpan<byte> p, ReadOnlySpan<byte> q);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl), typeof(CallConvSuppressGCTransition)])]
    private static partial void crypto_core_ristretto255_scalar_reduce(Span<byte> r, ReadOnlySpan<byte> s);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl), typeof(CallConvSuppressGCTransition)])]
    private static partial void crypto_core_ristretto255_scalar_mul(Span<byte> z, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y);

    [LibraryImport(Library), UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl), typeof(CallConvSuppressGCTransition)])]
    private static partial void crypto_core_ristretto255_scalar_add(Span<byte> z, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y);
}
