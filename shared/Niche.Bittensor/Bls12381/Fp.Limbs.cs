using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Niche.Bittensor.Bls12381;

// Limb arithmetic: the Montgomery product, reduction and bytes.
internal readonly partial struct Fp
{
    // -1/p modulo 2^64.
    private const ulong NegativeInverse = 0x89F3FFFCFFFCFFFD;

    public static int ByteLength => 48;

    // Row by row: add a row of the product, then the multiple of p that clears the lowest limb, and drop it. The highest limb of p has spare
    // bits, so that six limbs hold every sum in between.
    public static Fp operator *(in Fp a, in Fp b)
    {
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0;
        for (var row = 0; row < 6; row++)
        {
            var x = Unsafe.Add(ref Unsafe.AsRef(in a._0), row);
            ulong product = 0, cleared = 0;
            t0 = MultiplyAdd(x, b._0, t0, ref product);
            var multiple = unchecked(t0 * NegativeInverse);
            MultiplyAdd(multiple, P0, t0, ref cleared);
            t0 = MultiplyAdd(multiple, P1, MultiplyAdd(x, b._1, t1, ref product), ref cleared);
            t1 = MultiplyAdd(multiple, P2, MultiplyAdd(x, b._2, t2, ref product), ref cleared);
            t2 = MultiplyAdd(multiple, P3, MultiplyAdd(x, b._3, t3, ref product), ref cleared);
            t3 = MultiplyAdd(multiple, P4, MultiplyAdd(x, b._4, t4, ref product), ref cleared);
            t4 = MultiplyAdd(multiple, P5, MultiplyAdd(x, b._5, t5, ref product), ref cleared);
            t5 = product + cleared;
        }

        return Reduce(t0, t1, t2, t3, t4, t5);
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, out Fp value)
    {
        var raw = new Fp(Limb(bytes, 0), Limb(bytes, 1), Limb(bytes, 2), Limb(bytes, 3), Limb(bytes, 4), Limb(bytes, 5));
        value = raw * RadixSquared;
        ulong borrow = 0;
        Borrow(raw._0, P0, ref borrow);
        Borrow(raw._1, P1, ref borrow);
        Borrow(raw._2, P2, ref borrow);
        Borrow(raw._3, P3, ref borrow);
        Borrow(raw._4, P4, ref borrow);
        Borrow(raw._5, P5, ref borrow);
        return borrow != 0;
    }

    /// <summary>The residue of 64 big-endian bytes.</summary>
    public static Fp FromWide(ReadOnlySpan<byte> bytes)
    {
        var high = new Fp(Limb(bytes[..32], 0), Limb(bytes[..32], 1), Limb(bytes[..32], 2), Limb(bytes[..32], 3), 0, 0);
        var low = new Fp(Limb(bytes, 0), Limb(bytes, 1), Limb(bytes, 2), Limb(bytes, 3), 0, 0);
        var shift = new Fp(0, 0, 0, 0, 1, 0) * RadixSquared;
        return ((high * RadixSquared) * shift) + (low * RadixSquared);
    }

    public void Write(Span<byte> bytes)
    {
        WriteLittleEndian(bytes);
        bytes[..ByteLength].Reverse();
    }

    /// <summary>Writes the value in 48 bytes, the lowest first.</summary>
    public void WriteLittleEndian(Span<byte> bytes)
    {
        var value = FromMontgomery();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value._0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], value._1);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], value._2);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], value._3);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], value._4);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[40..], value._5);
    }

    // Subtracts p once where the value is not below it.
    private static Fp Reduce(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4, ulong l5)
    {
        ulong borrow = 0;
        var r0 = Borrow(l0, P0, ref borrow);
        var r1 = Borrow(l1, P1, ref borrow);
        var r2 = Borrow(l2, P2, ref borrow);
        var r3 = Borrow(l3, P3, ref borrow);
        var r4 = Borrow(l4, P4, ref borrow);
        var r5 = Borrow(l5, P5, ref borrow);
        var keep = 0UL - borrow;
        return new(
            r0 ^ ((r0 ^ l0) & keep), r1 ^ ((r1 ^ l1) & keep), r2 ^ ((r2 ^ l2) & keep),
            r3 ^ ((r3 ^ l3) & keep), r4 ^ ((r4 ^ l4) & keep), r5 ^ ((r5 ^ l5) & keep));
    }

    // Limb i of big-endian bytes, counted from the end.
    private static ulong Limb(ReadOnlySpan<byte> bytes, int i) => BinaryPrimitives.ReadUInt64BigEndian(bytes[^(8 * (i + 1))..]);

    // a * b + addend + carry; can not pass 128 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyAdd(ulong a, ulong b, ulong addend, ref ulong carry)
    {
        var high = Math.BigMul(a, b, out var low);
        low += addend;
        high += low < addend ? 1UL : 0UL;
        low += carry;
        high += low < carry ? 1UL : 0UL;
        carry = high;
        return low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Carry(ulong a, ulong b, ref ulong carry)
    {
        var partial = a + carry;
        var sum = partial + b;
        carry = (partial < carry ? 1UL : 0UL) | (sum < b ? 1UL : 0UL);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Borrow(ulong a, ulong b, ref ulong borrow)
    {
        var partial = a - b;
        var difference = partial - borrow;
        borrow = (a < b ? 1UL : 0UL) | (partial < borrow ? 1UL : 0UL);
        return difference;
    }
}
