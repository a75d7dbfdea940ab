using System.Runtime.CompilerServices;

namespace Niche.Bittensor.Bls12381;

/// <summary>
/// A point of y² = x³ + b, x = X/Z and y = Y/Z. The formulas are complete (Renes, Costello, Batina 2015, algorithms 7 and 9): one
/// sequence of steps for every pair of points, the identity and equal points included, because both curves have odd order.
/// </summary>
[SkipLocalsInit]
internal readonly struct CurvePoint<TField>(in TField x, in TField y, in TField z)
    where TField : struct, ICurveField<TField>
{
    public readonly TField X = x, Y = y, Z = z;

    /// <summary>The point at infinity.</summary>
    public static CurvePoint<TField> Identity => new(TField.Zero, TField.One, TField.Zero);

    public bool IsIdentity => Z.ZeroMask() != 0;

    // The order of both groups, big-endian.
    private static ReadOnlySpan<byte> Order =>
    [
        0x73, 0xED, 0xA7, 0x53, 0x29, 0x9D, 0x7D, 0x48, 0x33, 0x39, 0xD8, 0x08, 0x09, 0xA1, 0xD8, 0x05,
        0x53, 0xBD, 0xA4, 0x02, 0xFF, 0xFE, 0x5B, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x01,
    ];

    public static CurvePoint<TField> operator +(in CurvePoint<TField> p, in CurvePoint<TField> q)
    {
        var xx = p.X * q.X;
        var yy = p.Y * q.Y;
        var zz = p.Z * q.Z;
        var xy = ((p.X + p.Y) * (q.X + q.Y)) - xx - yy;
        var yz = ((p.Y + p.Z) * (q.Y + q.Z)) - yy - zz;
        var xz = (((p.X + p.Z) * (q.X + q.Z)) - xx - zz).TimesThreeB();
        var threeXx = xx + xx + xx;
        var bz = zz.TimesThreeB();
        var sum = yy + bz;
        var difference = yy - bz;
        return new((xy * difference) - (yz * xz), (xz * threeXx) + (difference * sum), (sum * yz) + (threeXx * xy));
    }

    public static CurvePoint<TField> operator -(in CurvePoint<TField> p) => new(p.X, -p.Y, p.Z);

    public static CurvePoint<TField> Select(ulong mask, in CurvePoint<TField> first, in CurvePoint<TField> second) => new(
        TField.Select(mask, first.X, second.X), TField.Select(mask, first.Y, second.Y), TField.Select(mask, first.Z, second.Z));

    public CurvePoint<TField> Double()
    {
        var yy = Y.Square();
        var eight = yy + yy;
        eight += eight;
        eight += eight;
        var bz = Z.Square().TimesThreeB();
        var sum = yy + bz;
        var rest = yy - (bz + bz + bz);
        var x = rest * (X * Y);
        return new(x + x, (rest * sum) + (bz * eight), eight * (Y * Z));
    }

    /// <summary>Adds at every bit and keeps or drops the sum: the scalar, big-endian, leaves no trace but its length.</summary>
    public CurvePoint<TField> Multiply(ReadOnlySpan<byte> scalar)
    {
        var result = Identity;
        foreach (var part in scalar)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                result = result.Double();
                result = Select(0UL - ((ulong)(part >> bit) & 1), result + this, result);
            }
        }

        return result;
    }

    public bool IsOnCurve() =>
        ((Y.Square() * Z) - (X.Square() * X) - (Z.Square() * Z * TField.CurveB)).ZeroMask() != 0 && (Y.ZeroMask() & Z.ZeroMask()) == 0;

    /// <summary>True when the group's order annihilates the point.</summary>
    public bool IsInSubgroup() => Multiply(Order).IsIdentity;

    /// <summary>x and y; both 0 for the identity.</summary>
    public (TField X, TField Y) ToAffine()
    {
        var scale = Z.Inverse();
        return (X * scale, Y * scale);
    }

    /// <summary>True for the same point, however it is scaled.</summary>
    public bool Is(in CurvePoint<TField> other) =>
        ((X * other.Z) - (other.X * Z)).ZeroMask() != 0 && ((Y * other.Z) - (other.Y * Z)).ZeroMask() != 0 && IsIdentity == other.IsIdentity;
}
