using System.Numerics;
using CsCheck;
using Niche.Bittensor.Bls12381;

namespace Niche.Bittensor.Tests.Bls12381;

public class CurveTests
{
    internal static readonly BigInteger Order = BigInteger.Parse(
        "073eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", System.Globalization.NumberStyles.HexNumber);

    private static readonly Gen<byte[]> Scalar = Gen.Byte.Array[32];

    [Fact]
    public void Both_generators_lie_on_their_curves_and_have_the_order_of_the_groups()
    {
        Assert.True(Generators.G1.IsOnCurve() && Generators.G1.IsInSubgroup() && !Generators.G1.IsIdentity);
        Assert.True(Generators.G2.IsOnCurve() && Generators.G2.IsInSubgroup() && !Generators.G2.IsIdentity);
        Assert.True(Generators.G1.Multiply(Bytes(Order - 1)).Is(-Generators.G1));
        Assert.True(Generators.G2.Multiply(Bytes(Order - 1)).Is(-Generators.G2));
    }

    [Fact]
    public void G1_keeps_the_laws_of_a_group() => KeepsLaws(Generators.G1);

    [Fact]
    public void G2_keeps_the_laws_of_a_group() => KeepsLaws(Generators.G2);

    [Fact]
    public void A_multiple_depends_on_the_scalar_modulo_the_order_only() => Scalar.Sample(
        scalar => Generators.G1.Multiply(scalar).Is(Generators.G1.Multiply(Bytes(Number(scalar) % Order))), iter: 20);

    [Fact]
    public void Points_survive_their_encoding()
    {
        Scalar.Sample(scalar => Survives(Generators.G1.Multiply(scalar)) && Survives(Generators.G2.Multiply(scalar)), iter: 20);
        Assert.True(Survives(CurvePoint<Fp>.Identity));
        Assert.True(Survives(CurvePoint<Fp2>.Identity));
    }

    [Fact]
    public void Any_bytes_give_a_point_of_the_group_that_encodes_to_the_same_bytes_or_none() =>
        Gen.Select(Gen.Byte.Array[0, 100], Gen.Bool).Sample((bytes, compressed) =>
        {
            if (compressed && bytes.Length > 0) bytes[0] |= 0x80;
            return Consistent<Fp>(bytes) && Consistent<Fp2>(bytes);
        }, iter: 2000);

    [Fact]
    public void A_changed_bit_of_a_point_gives_another_point_or_none() => Gen.Select(Scalar, Gen.Int[0, 383]).Sample(
        (scalar, bit) =>
        {
            var bytes = Encoded(Generators.G1.Multiply(scalar));
            bytes[bit / 8] ^= (byte)(0x80 >> (bit % 8));
            return Consistent<Fp>(bytes);
        },
        iter: 100);

    [Fact]
    public void A_point_of_the_curve_outside_the_group_is_refused()
    {
        Assert.False(PointEncoding.TryDecode<Fp>(Encoded(Outside<Fp>()), out _));
        Assert.False(PointEncoding.TryDecode<Fp2>(Encoded(Outside<Fp2>()), out _));
    }

    [Theory]
    [InlineData("an x whose cube and constant have no root")]
    [InlineData("an x that is not reduced")]
    [InlineData("no flag of compression")]
    [InlineData("infinity with a sign")]
    [InlineData("infinity with an x")]
    [InlineData("one byte more")]
    [InlineData("one byte less")]
    public void A_malformed_encoding_is_refused(string what)
    {
        var bytes = Encoded(Generators.G1);
        var infinity = Encoded(CurvePoint<Fp>.Identity);
        byte[] bad = what switch
        {
            "an x whose cube and constant have no root" => Encoding(FirstWithoutRoot()),
            // x + p for a small x stays below 2^381.
            "an x that is not reduced" => Encoding(FieldTests.Number(-Fp.One) + 1 + FieldTests.Number(SmallOnCurve())),
            "no flag of compression" => [(byte)(bytes[0] & 0x7F), .. bytes[1..]],
            "infinity with a sign" => [0xE0, .. infinity[1..]],
            "infinity with an x" => [.. infinity[..47], 1],
            "one byte more" => [.. bytes, 0],
            _ => bytes[..47],
        };
        Assert.False(PointEncoding.TryDecode<Fp>(bad, out _));
    }

    internal static byte[] Encoded<T>(in CurvePoint<T> point)
        where T : struct, ICurveField<T>
    {
        var bytes = new byte[T.ByteLength];
        PointEncoding.Encode(point, bytes);
        return bytes;
    }

    internal static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[32];
        var raw = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        raw.CopyTo(bytes, 32 - raw.Length);
        return bytes;
    }

    internal static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static void KeepsLaws<T>(CurvePoint<T> generator)
        where T : struct, ICurveField<T>
    {
        Gen.Select(Scalar, Scalar, Scalar).Sample(
            (a, b, c) =>
            {
                CurvePoint<T> p = generator.Multiply(a), q = generator.Multiply(b), r = generator.Multiply(c);
                return p.IsOnCurve() && (p + q).IsOnCurve() && p.Double().IsOnCurve()
                    && (p + q).Is(q + p) && ((p + q) + r).Is(p + (q + r))
                    && p.Double().Is(p + p) && (p + -p).IsIdentity
                    && (p + CurvePoint<T>.Identity).Is(p) && (CurvePoint<T>.Identity + p).Is(p)
                    && (p + q).Is(generator.Multiply(Bytes((Number(a) + Number(b)) % Order)));
            },
            iter: 20);
        Assert.True(CurvePoint<T>.Identity.Double().IsIdentity);
        Assert.True((CurvePoint<T>.Identity + CurvePoint<T>.Identity).IsIdentity);
        Assert.True(generator.Multiply([]).IsIdentity);
    }

    private static bool Survives<T>(in CurvePoint<T> point)
        where T : struct, ICurveField<T> => PointEncoding.TryDecode<T>(Encoded(point), out var read) && read.Is(point);

    private static bool Consistent<T>(byte[] bytes)
        where T : struct, ICurveField<T> =>
        !PointEncoding.TryDecode<T>(bytes, out var point) || (point.IsOnCurve() && point.IsInSubgroup() && Encoded(point).AsSpan().SequenceEqual(bytes));

    // The first x = 1, 2, ... with a point that the order does not annihilate.
    private static CurvePoint<T> Outside<T>()
        where T : struct, ICurveField<T>
    {
        for (var x = T.One; ; x += T.One)
        {
            if (!((x.Square() * x) + T.CurveB).TrySqrt(out var y)) continue;
            var point = new CurvePoint<T>(x, y, T.One);
            Assert.True(point.IsOnCurve());
            if (!point.IsInSubgroup()) return point;
        }
    }

    private static BigInteger FirstWithoutRoot()
    {
        var x = Fp.One;
        while (((x.Square() * x) + Fp.CurveB).TrySqrt(out _)) x += Fp.One;
        return FieldTests.Number(x);
    }

    private static Fp SmallOnCurve()
    {
        var x = Fp.Zero;
        while (!((x.Square() * x) + Fp.CurveB).TrySqrt(out _)) x += Fp.One;
        return x;
    }

    private static byte[] Encoding(BigInteger x)
    {
        var bytes = new byte[48];
        var raw = x.ToByteArray(isUnsigned: true, isBigEndian: true);
        raw.CopyTo(bytes, 48 - raw.Length);
        bytes[0] |= 0x80;
        return bytes;
    }
}
