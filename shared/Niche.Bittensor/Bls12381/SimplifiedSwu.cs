namespace Niche.Bittensor.Bls12381;

/// <summary>
/// The simplified SWU map of RFC 9380 (6.6.2) onto y² = x³ + Ax + B, the curve that an isogeny of degree 11 joins to that of G1; Z = 11.
/// </summary>
internal static class SimplifiedSwu
{
    public static Fp A { get; } = Constant("00144698A3B8E9433D693A02C96D4982B0EA985383EE66A8D8E8981AEFD881AC98936F8DA0E0F97F5CF428082D584C1D");

    public static Fp B { get; } = Constant("12E2908D11688030018B12E8753EEE3B2016C1F0F24F4070A0B9C14FCEF35EF55A23215A316CEAA5D1CC48E98E172BE0");

    private static Fp Z { get; } = Fp.FromSmall(11);

    /// <summary>Reads a constant of 96 hexadecimal digits.</summary>
    public static Fp Constant(string hex) => Fp.TryRead(Convert.FromHexString(hex), out var value)
        ? value
        : throw new InvalidOperationException("A constant of BLS12-381 was mistyped.");

    /// <summary>The point of a field element.</summary>
    public static (Fp X, Fp Y) Map(in Fp u)
    {
        var zuu = Z * u.Square();
        var denominator = zuu.Square() + zuu;
        var x1 = denominator.ZeroMask() != 0
            ? B * (Z * A).Inverse()
            : -B * (denominator + Fp.One) * (A * denominator).Inverse();
        var x = x1;
        if (!Cubic(x).TrySqrt(out var y))
        {
            // Then the other candidate's value is a square.
            x = zuu * x1;
            Cubic(x).TrySqrt(out y);
        }

        return (x, u.IsOdd() == y.IsOdd() ? y : -y);
    }

    /// <summary>x³ + Ax + B.</summary>
    public static Fp Cubic(in Fp x) => ((x.Square() + A) * x) + B;
}
