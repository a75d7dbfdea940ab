using System.Numerics;
using CsCheck;
using Niche.Bittensor.Bls12381;

namespace Niche.Bittensor.Tests.Bls12381;

public class FieldTests
{
    // The prime of the curve, from its parameter: (x - 1)²(x⁴ - x² + 1)/3 + x.
    private static readonly BigInteger Parameter = -BigInteger.Parse("0d201000000010000", System.Globalization.NumberStyles.HexNumber);

    private static readonly BigInteger Prime =
        BigInteger.Pow(Parameter - 1, 2) * (BigInteger.Pow(Parameter, 4) - BigInteger.Pow(Parameter, 2) + 1) / 3 + Parameter;

    // Values near the ends and anywhere between.
    internal static readonly Gen<Fp> AnyFp = Gen.OneOf(
        Gen.Byte.Array[64].Select(bytes => Fp.FromWide(bytes)),
        Gen.ULong[0, 3].Select(Fp.FromSmall),
        Gen.ULong[1, 3].Select(small => -Fp.FromSmall(small)));

    internal static readonly Gen<Fp2> AnyFp2 = Gen.Select(AnyFp, AnyFp, (c0, c1) => new Fp2(c0, c1));

    private static readonly Gen<Fp6> AnyFp6 = Gen.Select(AnyFp2, AnyFp2, AnyFp2, (c0, c1, c2) => new Fp6(c0, c1, c2));

    private static readonly Gen<Fp12> AnyFp12 = Gen.Select(AnyFp6, AnyFp6, (c0, c1) => new Fp12(c0, c1));

    [Fact]
    public void Arithmetic_agrees_with_large_integers() => Gen.Select(AnyFp, AnyFp).Sample(
        (a, b) => Number(a + b) == (Number(a) + Number(b)) % Prime
            && Number(a - b) == (Number(a) - Number(b) + Prime) % Prime
            && Number(a * b) == Number(a) * Number(b) % Prime
            && Number(-a) == (Prime - Number(a)) % Prime
            && Number(a.Square()) == Number(a) * Number(a) % Prime
            && Number(a.Inverse()) == BigInteger.ModPow(Number(a), Prime - 2, Prime)
            && a.IsOdd() == !Number(a).IsEven
            && a.IsLarge() == Number(a) > Prime / 2
            && a.ZeroMask() == (Number(a).IsZero ? ulong.MaxValue : 0),
        iter: 2000);

    [Fact]
    public void Sixty_four_bytes_are_reduced_as_one_number() => Gen.Byte.Array[64].Sample(
        bytes => Number(Fp.FromWide(bytes)) == new BigInteger(bytes, isUnsigned: true, isBigEndian: true) % Prime);

    [Fact]
    public void A_number_below_the_prime_is_read_and_one_above_is_refused()
    {
        Assert.True(Fp.TryRead(Bytes(Prime - 1), out var last));
        Assert.Equal(Prime - 1, Number(last));
        Assert.False(Fp.TryRead(Bytes(Prime), out _));
        Assert.False(Fp.TryRead(Bytes(Prime + 1), out _));
        Assert.False(Fp.TryRead(Bytes((BigInteger.One << 384) - 1), out _));
        Gen.Byte.Array[48].Sample(bytes => Fp.TryRead(bytes, out _) == new BigInteger(bytes, isUnsigned: true, isBigEndian: true) < Prime);
    }

    [Fact]
    public void Both_byte_orders_say_the_same()
    {
        AnyFp.Sample(a =>
        {
            Span<byte> big = stackalloc byte[48], little = stackalloc byte[48];
            a.Write(big);
            a.WriteLittleEndian(little);
            little.Reverse();
            return big.SequenceEqual(little);
        });
    }

    [Fact]
    public void A_square_has_a_root_and_a_root_of_minus_a_square_does_not_exist_in_the_base_field() => AnyFp.Sample(
        a => a.Square().TrySqrt(out var root) && (Same(root, a) || Same(root, -a)) && ((-a.Square()).TrySqrt(out _) == (a.ZeroMask() != 0)));

    [Fact]
    public void Every_square_of_the_quadratic_extension_has_its_root_and_real_numbers_always_have_one()
    {
        AnyFp2.Sample(a => a.Square().TrySqrt(out var root) && ((root - a).ZeroMask() | (root + a).ZeroMask()) != 0);
        AnyFp.Sample(a => new Fp2(a, Fp.Zero).TrySqrt(out _));
        // A generator of the non-squares: its norm is none.
        AnyFp2.Sample(a => a.ZeroMask() != 0 || !(a.Square() * Fp2.One.TimesXi()).TrySqrt(out _));
    }

    [Fact]
    public void Products_of_the_towers_are_associative_distributive_and_have_inverses()
    {
        Gen.Select(AnyFp12, AnyFp12, AnyFp12).Sample(
            (a, b, c) => Same((a * b) * c, a * (b * c)) && Same(a * Plus(b, c), Plus(a * b, a * c)) && Same(a.Square(), a * a) && Same(a * b, b * a),
            iter: 100);
        AnyFp12.Where(a => (a.C0.ZeroMask() & a.C1.ZeroMask()) == 0).Sample(a => (a * a.Inverse()).IsOne(), iter: 50);
    }

    [Fact]
    public void Shortcuts_for_sparse_factors_give_the_full_product()
    {
        Gen.Select(AnyFp12, AnyFp2, AnyFp2, AnyFp2).Sample((a, b0, b1, b4) =>
            Same(a.TimesLine(b0, b1, b4), a * new Fp12(new Fp6(b0, b1, Fp2.Zero), new Fp6(Fp2.Zero, b4, Fp2.Zero))));
        AnyFp6.Sample(a => (a.TimesV() - (a * new Fp6(Fp2.Zero, Fp2.One, Fp2.Zero))).ZeroMask() != 0);
        AnyFp2.Sample(a => (a.TimesXi() - (a * new Fp2(Fp.One, Fp.One))).ZeroMask() != 0);
    }

    [Fact]
    public void Towers_are_built_on_the_roots_they_are_said_to_be_built_on()
    {
        var u = new Fp2(Fp.Zero, Fp.One);
        Assert.True(Same(u.Square().C0, -Fp.One));
        var v = new Fp6(Fp2.Zero, Fp2.One, Fp2.Zero);
        Assert.True((v * v * v - new Fp6(Fp2.One.TimesXi(), Fp2.Zero, Fp2.Zero)).ZeroMask() != 0);
        var w = new Fp12(default, new Fp6(Fp2.One, Fp2.Zero, Fp2.Zero));
        Assert.True(Same(w * w, new Fp12(v, default)));
    }

    [Fact]
    public void Frobenius_is_a_homomorphism_and_twelve_of_it_do_nothing() => Gen.Select(AnyFp12, AnyFp12).Sample(
        (a, b) =>
        {
            var six = a;
            for (var i = 0; i < 6; i++) six = FinalExponentiation.Frobenius(six);
            var once = FinalExponentiation.Frobenius(a * b);
            return Same(six, a.Conjugate()) && Same(once, FinalExponentiation.Frobenius(a) * FinalExponentiation.Frobenius(b));
        },
        iter: 50);

    internal static bool Same(in Fp a, in Fp b) => (a - b).ZeroMask() != 0;

    internal static bool Same(in Fp12 a, in Fp12 b) => ((a.C0 - b.C0).ZeroMask() & (a.C1 - b.C1).ZeroMask()) != 0;

    internal static BigInteger Number(in Fp a)
    {
        var bytes = new byte[48];
        a.Write(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    private static Fp12 Plus(in Fp12 a, in Fp12 b) => new(a.C0 + b.C0, a.C1 + b.C1);

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[48];
        var raw = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        raw.CopyTo(bytes, 48 - raw.Length);
        return bytes;
    }
}
