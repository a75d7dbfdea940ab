using System.Buffers.Binary;
using System.Numerics;

namespace Niche.Bittensor.Chain.Storage;

/// <summary>xxHash64 (Yann Collet's specification, XXH64), the hash behind Substrate's TwoX.</summary>
internal static class XxHash64
{
    private const ulong P1 = 0x9E3779B185EBCA87, P2 = 0xC2B2AE3D27D4EB4F, P3 = 0x165667B19E3779F9, P4 = 0x85EBCA77C2B2AE63, P5 = 0x27D4EB2F165667C5;

    public static ulong Hash(ReadOnlySpan<byte> data, ulong seed)
    {
        unchecked
        {
            var rest = data;
            ulong hash;
            if (data.Length >= 32)
            {
                ulong a = seed + P1 + P2, b = seed + P2, c = seed, d = seed - P1;
                for (; rest.Length >= 32; rest = rest[32..])
                {
                    a = Round(a, Word(rest));
                    b = Round(b, Word(rest[8..]));
                    c = Round(c, Word(rest[16..]));
                    d = Round(d, Word(rest[24..]));
                }

                hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
                hash = Merge(Merge(Merge(Merge(hash, a), b), c), d);
            }
            else
            {
                hash = seed + P5;
            }

            return Finish(hash + (ulong)data.Length, rest);
        }
    }

    private static ulong Finish(ulong hash, ReadOnlySpan<byte> rest)
    {
        unchecked
        {
            for (; rest.Length >= 8; rest = rest[8..]) hash = (BitOperations.RotateLeft(hash ^ Round(0, Word(rest)), 27) * P1) + P4;
            if (rest.Length >= 4)
            {
                hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(rest) * P1), 23) * P2) + P3;
                rest = rest[4..];
            }

            foreach (var one in rest) hash = BitOperations.RotateLeft(hash ^ (one * P5), 11) * P1;
            hash = (hash ^ (hash >> 33)) * P2;
            hash = (hash ^ (hash >> 29)) * P3;
            return hash ^ (hash >> 32);
        }
    }

    private static ulong Word(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt64LittleEndian(data);

    private static ulong Round(ulong lane, ulong word) => unchecked(BitOperations.RotateLeft(lane + (word * P2), 31) * P1);

    private static ulong Merge(ulong hash, ulong lane) => unchecked(((hash ^ Round(0, lane)) * P1) + P4);
}
