using System.Runtime.CompilerServices;

namespace Niche.Bittensor.Bls12381;

/// <summary>
/// The ate Miller loop over the curve's parameter x = -0xd201000000010000. The point of G2 is walked in Jacobian coordinates; a line is
/// taken times a factor of a subfield, which the final exponentiation removes.
/// </summary>
[SkipLocalsInit]
internal static class MillerLoop
{
    /// <summary>|x|.</summary>
    public const ulong Parameter = 0xD201000000010000;

    /// <summary>The value before the final exponentiation; 1 when a point is the identity. Both must lie in their groups.</summary>
    public static Fp12 Run(in CurvePoint<Fp> p, in CurvePoint<Fp2> q)
    {
        if (p.IsIdentity || q.IsIdentity) return Fp12.One;
        var (px, py) = p.ToAffine();
        var (qx, qy) = q.ToAffine();
        var (x, y, z) = (qx, qy, Fp2.One);
        var value = Fp12.One;
        for (var bit = 62; bit >= 0; bit--)
        {
            value = Doubling(value.Square(), ref x, ref y, ref z, px, py);
            if (((Parameter >> bit) & 1) != 0) value = Addition(value, ref x, ref y, ref z, qx, qy, px, py);
        }

        // x is negative.
        return value.Conjugate();
    }

    // The tangent at T, times 2YZ³w³: (3X³ - 2Y²) - 3X²Z²·xP·v + 2YZ³·yP·v·w.
    private static Fp12 Doubling(in Fp12 value, ref Fp2 x, ref Fp2 y, ref Fp2 z, in Fp px, in Fp py)
    {
        var xx = x.Square();
        var yy = y.Square();
        var yyyy = yy.Square();
        var zz = z.Square();
        var slope = xx + xx + xx;
        var d = (x + yy).Square() - xx - yyyy;
        d += d;
        var constant = (slope * x) - yy - yy;
        var nextX = slope.Square() - d - d;
        var eight = yyyy + yyyy;
        eight += eight;
        eight += eight;
        var yz = y * z;
        (x, y, z) = (nextX, (slope * (d - nextX)) - eight, yz + yz);
        return value.TimesLine(constant, -(slope * zz * px), z * zz * py);
    }

    // The line through T and Q, times the new Z and w³: (r·xQ - Z·yQ) - r·xP·v + Z·yP·v·w, where r / Z is its slope.
    private static Fp12 Addition(in Fp12 value, ref Fp2 x, ref Fp2 y, ref Fp2 z, in Fp2 qx, in Fp2 qy, in Fp px, in Fp py)
    {
        var zz = z.Square();
        var h = (qx * zz) - x;
        var r = (qy * zz * z) - y;
        var hh = h.Square();
        var hhh = hh * h;
        var v = x * hh;
        var nextX = r.Square() - hhh - v - v;
        (x, y, z) = (nextX, (r * (v - nextX)) - (y * hhh), z * h);
        return value.TimesLine((r * qx) - (qy * z), -(r * px), z * py);
    }
}
