using System.Numerics;
using System.Runtime.CompilerServices;

namespace Niche.Bittensor.Bls12381;

/// <summary>
/// The power 3(p¹² - 1)/r, the one that arkworks and noble use: (p⁶ - 1)(p² + 1) first, then (x - 1)²(x + p)(x² + p² - 1) + 3
/// (Hayashida, Hayasaka, Teruya 2020).
/// </summary>
[SkipLocalsInit]
internal static class FinalExponentiation
{
    // ξ to the power k(p - 1)/6: what the p-th power does to w to the k.
    private static readonly Fp2[] Turns = MakeTurns();

    /// <summary>The value of a pairing, from what the Miller loop gives.</summary>
    public static Fp12 Run(in Fp12 value)
    {
        var half = value.Conjugate() * value.Inverse();
        var easy = Frobenius(Frobenius(half)) * half;
        var a = TimesParameterLessOne(TimesParameterLessOne(easy));
        var b = Power(a) * Frobenius(a);
        var c = Power(Power(b)) * Frobenius(Frobenius(b)) * b.Conjugate();
        return c * CyclotomicSquare(easy) * easy;
    }

    /// <summary>The p-th power.</summary>
    public static Fp12 Frobenius(in Fp12 a) => new(
        new(a.C0.C0.Conjugate(), a.C0.C1.Conjugate() * Turns[2], a.C0.C2.Conjugate() * Turns[4]),
        new(a.C1.C0.Conjugate() * Turns[1], a.C1.C1.Conjugate() * Turns[3], a.C1.C2.Conjugate() * Turns[5]));

    /// <summary>The square of an element that the easy part made (Granger, Scott 2010): three squares in Fp4 = Fp2(w³).</summary>
    public static Fp12 CyclotomicSquare(in Fp12 a)
    {
        var (r0, i0) = Square(a.C0.C0, a.C1.C1);
        var (r1, i1) = Square(a.C1.C0, a.C0.C2);
        var (r2, i2) = Square(a.C0.C1, a.C1.C2);
        return new(
            new(Minus(r0, a.C0.C0), Minus(r1, a.C0.C1), Minus(r2, a.C0.C2)),
            new(Plus(i2.TimesXi(), a.C1.C0), Plus(i0, a.C1.C1), Plus(i1, a.C1.C2)));

        static (Fp2 Real, Fp2 Imaginary) Square(in Fp2 real, in Fp2 imaginary)
        {
            var rr = real.Square();
            var ii = imaginary.Square();
            return (rr + ii.TimesXi(), (real + imaginary).Square() - rr - ii);
        }

        static Fp2 Minus(in Fp2 square, in Fp2 old)
        {
            var difference = square - old;
            return difference + difference + square;
        }

        static Fp2 Plus(in Fp2 square, in Fp2 old)
        {
            var sum = square + old;
            return sum + sum + square;
        }
    }

    private static Fp12 TimesParameterLessOne(in Fp12 a) => Power(a) * a.Conjugate();

    // a to the power x, which is negative.
    private static Fp12 Power(in Fp12 a)
    {
        var result = a;
        for (var bit = 62; bit >= 0; bit--)
        {
            result = CyclotomicSquare(result);
            if (((MillerLoop.Parameter >> bit) & 1) != 0) result *= a;
        }

        return result.Conjugate();
    }

    private static Fp2[] MakeTurns()
    {
        Span<byte> prime = stackalloc byte[Fp.ByteLength];
        (-Fp.One).Write(prime);
        var exponent = new BigInteger(prime, isUnsigned: true, isBigEndian: true) / 6;
        var turn = Fp2.One;
        for (var bit = (int)exponent.GetBitLength() - 1; bit >= 0; bit--)
        {
            turn = turn.Square();
            if (!(exponent >> bit).IsEven) turn = turn.TimesXi();
        }

        var turns = new Fp2[6];
        turns[0] = Fp2.One;
        for (var k = 1; k < 6; k++) turns[k] = turns[k - 1] * turn;
        return turns;
    }
}
