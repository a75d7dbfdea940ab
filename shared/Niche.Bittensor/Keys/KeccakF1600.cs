using System.Numerics;

namespace Niche.Bittensor.Keys;

/// <summary>The Keccak-f[1600] permutation (FIPS 202, section 3.3), which STROBE needs bare and .NET offers only inside SHA-3.</summary>
internal static class KeccakF1600
{
    private static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x1, 0x8082, 0x800000000000808A, 0x8000000080008000, 0x808B, 0x80000001, 0x8000000080008081, 0x8000000000008009,
        0x8A, 0x88, 0x80008009, 0x8000000A, 0x8000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x800A, 0x800000008000000A, 0x8000000080008081, 0x8000000000008080,
        0x80000001, 0x8000000080008008,
    ];

    // Lane order and rotation of rho and pi walked as one cycle that starts at lane 1.
    private static ReadOnlySpan<byte> PiLane =>
        [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

    private static ReadOnlySpan<byte> RhoOffset =>
        [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];

    /// <summary>Permutes 25 lanes in place; lane index = x + 5y.</summary>
    public static void Permute(Span<ulong> lanes)
    {
        Span<ulong> row = stackalloc ulong[5];
        foreach (var constant in RoundConstants)
        {
            for (var x = 0; x < 5; x++)
                row[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
            for (var x = 0; x < 5; x++)
            {
                var parity = row[(x + 4) % 5] ^ BitOperations.RotateLeft(row[(x + 1) % 5], 1);
                for (var y = 0; y < 25; y += 5) lanes[x + y] ^= parity;
            }

            var carried = lanes[1];
            for (var i = 0; i < 24; i++)
            {
                var lane = PiLane[i];
                (lanes[lane], carried) = (BitOperations.RotateLeft(carried, RhoOffset[i]), lanes[lane]);
            }

            for (var y = 0; y < 25; y += 5)
            {
                lanes.Slice(y, 5).CopyTo(row);
                for (var x = 0; x < 5; x++) lanes[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
            }

            lanes[0] ^= constant;
        }
    }
}
