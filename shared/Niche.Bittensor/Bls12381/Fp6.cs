using System.Runtime.CompilerServices;

namespace Niche.Bittensor.Bls12381;

/// <summary>c0 + c1·v + c2·v² with v³ = ξ = 1 + u.</summary>
[SkipLocalsInit]
internal readonly struct Fp6(in Fp2 c0, in Fp2 c1, in Fp2 c2)
{
    public readonly Fp2 C0 = c0, C1 = c1, C2 = c2;

    public static Fp6 operator +(in Fp6 a, in Fp6 b) => new(a.C0 + b.C0, a.C1 + b.C1, a.C2 + b.C2);

    public static Fp6 operator -(in Fp6 a, in Fp6 b) => new(a.C0 - b.C0, a.C1 - b.C1, a.C2 - b.C2);

    public static Fp6 operator -(in Fp6 a) => new(-a.C0, -a.C1, -a.C2);

    public static Fp6 operator *(in Fp6 a, in Fp6 b)
    {
        var p0 = a.C0 * b.C0;
        var p1 = a.C1 * b.C1;
        var p2 = a.C2 * b.C2;
        var p01 = ((a.C0 + a.C1) * (b.C0 + b.C1)) - p0 - p1;
        var p02 = ((a.C0 + a.C2) * (b.C0 + b.C2)) - p0 - p2;
        var p12 = ((a.C1 + a.C2) * (b.C1 + b.C2)) - p1 - p2;
        return new(p0 + p12.TimesXi(), p01 + p2.TimesXi(), p02 + p1);
    }

    /// <summary>The product with b0 + b1·v.</summary>
    public Fp6 TimesSparse(in Fp2 b0, in Fp2 b1)
    {
        var p0 = C0 * b0;
        var p1 = C1 * b1;
        return new(p0 + (C2 * b1).TimesXi(), ((C0 + C1) * (b0 + b1)) - p0 - p1, (C2 * b0) + p1);
    }

    /// <summary>The product with b1·v.</summary>
    public Fp6 TimesSparse(in Fp2 b1) => new((C2 * b1).TimesXi(), C0 * b1, C1 * b1);

    /// <summary>The product with v.</summary>
    public Fp6 TimesV() => new(C2.TimesXi(), C0, C1);

    public Fp6 Inverse()
    {
        var t0 = C0.Square() - (C1 * C2).TimesXi();
        var t1 = C2.Square().TimesXi() - (C0 * C1);
        var t2 = C1.Square() - (C0 * C2);
        var scale = ((C0 * t0) + ((C2 * t1) + (C1 * t2)).TimesXi()).Inverse();
        return new(t0 * scale, t1 * scale, t2 * scale);
    }

    public ulong ZeroMask() => C0.ZeroMask() & C1.ZeroMask() & C2.ZeroMask();
}
