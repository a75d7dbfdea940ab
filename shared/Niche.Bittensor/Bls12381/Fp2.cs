using System.Runtime.CompilerServices;

namespace Niche.Bittensor.Bls12381;

/// <summary>c0 + c1·u with u² = -1.</summary>
[SkipLocalsInit]
internal readonly struct Fp2(in Fp c0, in Fp c1) : ICurveField<Fp2>
{
    public readonly Fp C0 = c0, C1 = c1;

    public static Fp2 Zero => default;

    public static Fp2 One => new(Fp.One, Fp.Zero);

    public static Fp2 CurveB => new(Fp.CurveB, Fp.CurveB);

    public static int ByteLength => 96;

    public static Fp2 operator +(in Fp2 a, in Fp2 b) => new(a.C0 + b.C0, a.C1 + b.C1);

    public static Fp2 operator -(in Fp2 a, in Fp2 b) => new(a.C0 - b.C0, a.C1 - b.C1);

    public static Fp2 operator -(in Fp2 a) => new(-a.C0, -a.C1);

    public static Fp2 operator *(in Fp2 a, in Fp2 b)
    {
        var low = a.C0 * b.C0;
        var high = a.C1 * b.C1;
        return new(low - high, ((a.C0 + a.C1) * (b.C0 + b.C1)) - low - high);
    }

    public static Fp2 operator *(in Fp2 a, in Fp b) => new(a.C0 * b, a.C1 * b);

    public static Fp2 Select(ulong mask, in Fp2 first, in Fp2 second) =>
        new(Fp.Select(mask, first.C0, second.C0), Fp.Select(mask, first.C1, second.C1));

    public static bool TryRead(ReadOnlySpan<byte> bytes, out Fp2 value)
    {
        var good = Fp.TryRead(bytes[..Fp.ByteLength], out var c1) & Fp.TryRead(bytes[Fp.ByteLength..ByteLength], out var c0);
        value = new(c0, c1);
        return good;
    }

    public void Write(Span<byte> bytes)
    {
        C1.Write(bytes);
        C0.Write(bytes[Fp.ByteLength..]);
    }

    public Fp2 Square()
    {
        var cross = C0 * C1;
        return new((C0 + C1) * (C0 - C1), cross + cross);
    }

    public Fp2 TimesThreeB()
    {
        var turned = TimesXi();
        return new(turned.C0.TimesThreeB(), turned.C1.TimesThreeB());
    }

    /// <summary>The product with ξ = 1 + u, of which the next field takes the cube root.</summary>
    public Fp2 TimesXi() => new(C0 - C1, C0 + C1);

    /// <summary>c0 - c1·u, which is also the p-th power.</summary>
    public Fp2 Conjugate() => new(C0, -C1);

    public Fp2 Inverse()
    {
        var scale = (C0.Square() + C1.Square()).Inverse();
        return new(C0 * scale, -(C1 * scale));
    }

    // The norm's root gives the square of the root's real part, (c0 ± norm) / 2: one of the two signs is a square in Fp.
    public bool TrySqrt(out Fp2 root)
    {
        root = default;
        if (!(C0.Square() + C1.Square()).TrySqrt(out var norm)) return false;
        var half = Fp.FromSmall(2).Inverse();
        if (!((C0 + norm) * half).TrySqrt(out var real) && !((C0 - norm) * half).TrySqrt(out real)) return false;
        if (real.ZeroMask() != 0)
        {
            // The square is a real number that is no square: the root is imaginary.
            if (!(-C0).TrySqrt(out var imaginary)) return false;
            root = new(Fp.Zero, imaginary);
        }
        else
        {
            root = new(real, C1 * half * real.Inverse());
        }

        return (root.Square() - this).ZeroMask() != 0;
    }

    public ulong ZeroMask() => C0.ZeroMask() & C1.ZeroMask();

    public bool IsLarge() => C1.ZeroMask() != 0 ? C0.IsLarge() : C1.IsLarge();
}
