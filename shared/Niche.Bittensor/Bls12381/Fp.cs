using System.Runtime.CompilerServices;

namespace Niche.Bittensor.Bls12381;

/// <summary>
/// The integers modulo the 381-bit prime p of BLS12-381, in Montgomery form (times 2^384), always reduced. Every operation takes the same
/// steps whatever the values, unless it says otherwise.
/// </summary>
[SkipLocalsInit]
internal readonly partial struct Fp : ICurveField<Fp>
{
    private const ulong P0 = 0xB9FEFFFFFFFFAAAB, P1 = 0x1EABFFFEB153FFFF, P2 = 0x6730D2A0F6B0F624;
    private const ulong P3 = 0x64774B84F38512BF, P4 = 0x4B1BA7B6434BACD7, P5 = 0x1A0111EA397FE69A;

    // Limbs, the lowest first.
    private readonly ulong _0, _1, _2, _3, _4, _5;

    private Fp(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4, ulong l5) =>
        (_0, _1, _2, _3, _4, _5) = (l0, l1, l2, l3, l4, l5);

    public static Fp Zero => default;

    // 2^384 mod p.
    public static Fp One => new(
        0x760900000002FFFD, 0xEBF4000BC40C0002, 0x5F48985753C758BA, 0x77CE585370525745, 0x5C071A97A256EC6D, 0x15F65EC3FA80E493);

    public static Fp CurveB => FromSmall(4);

    // 2^768 mod p: a product with it enters Montgomery form.
    private static Fp RadixSquared => new(
        0xF4DF1F341C341746, 0x0A76E6A609D104F1, 0x8DE5476C4C95B6D5, 0x67EB88A9939D83C0, 0x9A793E85B519952D, 0x11988FE592CAE3AA);

    // (p - 3) / 4, the lowest limb first.
    private static ReadOnlySpan<ulong> QuarterExponent =>
        [0xEE7FBFFFFFFFEAAA, 0x07AAFFFFAC54FFFF, 0xD9CC34A83DAC3D89, 0xD91DD2E13CE144AF, 0x92C6E9ED90D2EB35, 0x0680447A8E5FF9A6];

    /// <summary>The element of a small integer.</summary>
    public static Fp FromSmall(ulong value) => new Fp(value, 0, 0, 0, 0, 0) * RadixSquared;

    public static Fp operator +(in Fp a, in Fp b)
    {
        ulong carry = 0;
        var l0 = Carry(a._0, b._0, ref carry);
        var l1 = Carry(a._1, b._1, ref carry);
        var l2 = Carry(a._2, b._2, ref carry);
        var l3 = Carry(a._3, b._3, ref carry);
        var l4 = Carry(a._4, b._4, ref carry);
        return Reduce(l0, l1, l2, l3, l4, a._5 + b._5 + carry);
    }

    public static Fp operator -(in Fp a, in Fp b)
    {
        ulong borrow = 0, carry = 0;
        var l0 = Borrow(a._0, b._0, ref borrow);
        var l1 = Borrow(a._1, b._1, ref borrow);
        var l2 = Borrow(a._2, b._2, ref borrow);
        var l3 = Borrow(a._3, b._3, ref borrow);
        var l4 = Borrow(a._4, b._4, ref borrow);
        var l5 = Borrow(a._5, b._5, ref borrow);
        var mask = 0UL - borrow;
        return new(
            Carry(l0, P0 & mask, ref carry), Carry(l1, P1 & mask, ref carry), Carry(l2, P2 & mask, ref carry),
            Carry(l3, P3 & mask, ref carry), Carry(l4, P4 & mask, ref carry), Carry(l5, P5 & mask, ref carry));
    }

    public static Fp operator -(in Fp a) => Zero - a;

    public static Fp Select(ulong mask, in Fp first, in Fp second) => new(
        (first._0 & mask) | (second._0 & ~mask), (first._1 & mask) | (second._1 & ~mask), (first._2 & mask) | (second._2 & ~mask),
        (first._3 & mask) | (second._3 & ~mask), (first._4 & mask) | (second._4 & ~mask), (first._5 & mask) | (second._5 & ~mask));

    public Fp Square() => this * this;

    public Fp TimesThreeB()
    {
        var three = this + this + this;
        var six = three + three;
        return six + six;
    }

    /// <summary>1/√a up to sign where a is a square, else 1/√(-a): a to the power (p - 3) / 4. 0 for 0.</summary>
    public Fp InverseRoot()
    {
        Span<Fp> powers = stackalloc Fp[16];
        powers[0] = One;
        for (var i = 1; i < 16; i++) powers[i] = powers[i - 1] * this;
        var result = One;
        for (var i = 95; i >= 0; i--)
        {
            for (var square = 0; square < 4; square++) result *= result;
            result *= powers[(int)(QuarterExponent[i / 16] >> (i % 16 * 4)) & 15];
        }

        return result;
    }

    public Fp Inverse()
    {
        var root = InverseRoot();
        return root.Square().Square() * this;
    }

    public bool TrySqrt(out Fp root)
    {
        root = InverseRoot() * this;
        return (root.Square() - this).ZeroMask() != 0;
    }

    public ulong ZeroMask()
    {
        var any = _0 | _1 | _2 | _3 | _4 | _5;
        return ((any | (0UL - any)) >> 63) - 1;
    }

    public bool IsLarge() => (this + this).IsOdd();

    /// <summary>The sign of RFC 9380 for this field: the lowest bit of the value.</summary>
    public bool IsOdd() => (FromMontgomery()._0 & 1) != 0;

    private Fp FromMontgomery() => this * new Fp(1, 0, 0, 0, 0, 0);
}
