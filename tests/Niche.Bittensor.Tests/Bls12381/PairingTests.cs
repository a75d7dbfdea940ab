using CsCheck;
using Niche.Bittensor.Bls12381;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Bls12381;

public class PairingTests
{
    [Fact]
    public void The_pairing_of_the_generators_is_the_recorded_one()
    {
        var vector = VectorFile.Extract.GetProperty("timelock").GetProperty("pairing");
        Assert.True(PointEncoding.TryDecode<Fp>(vector.Hex("g1"), out var g1));
        Assert.True(PointEncoding.TryDecode<Fp2>(vector.Hex("g2"), out var g2));
        Assert.True(g1.Is(Generators.G1) && g2.Is(Generators.G2));

        var bytes = new byte[Fp12.ByteLength];
        Pairing.Compute(g1, g2).WriteLittleEndian(bytes);

        Assert.Equal(vector.Text("gtArkworksOrderLE"), Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void A_factor_may_stand_on_either_side() => Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[32]).Sample(
        (a, b) =>
        {
            var (p, q) = (Generators.G1.Multiply(a), Generators.G2.Multiply(b));
            var both = CurveTests.Bytes(CurveTests.Number(a) * CurveTests.Number(b) % CurveTests.Order);
            return FieldTests.Same(Pairing.Compute(p, q), Pairing.Compute(Generators.G1.Multiply(both), Generators.G2))
                && Pairing.AreEqual(p, q, Generators.G1, Generators.G2.Multiply(both))
                && !Pairing.AreEqual(p, q, Generators.G1, Generators.G2.Multiply(both).Double());
        },
        iter: 5);

    [Fact]
    public void A_sum_pairs_to_the_product() => Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[32]).Sample(
        (a, b) =>
        {
            var (p, r) = (Generators.G1.Multiply(a), Generators.G1.Multiply(b));
            var product = Pairing.Compute(p, Generators.G2) * Pairing.Compute(r, Generators.G2);
            return FieldTests.Same(Pairing.Compute(p + r, Generators.G2), product);
        },
        iter: 5);

    [Fact]
    public void A_pairing_has_the_order_of_the_groups_and_is_not_one()
    {
        var value = Pairing.Compute(Generators.G1, Generators.G2);
        Assert.False(value.IsOne());
        var power = Fp12.One;
        foreach (var part in CurveTests.Bytes(CurveTests.Order))
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                power = power.Square();
                if (((part >> bit) & 1) != 0) power *= value;
            }
        }

        Assert.True(power.IsOne());
        Assert.True(FieldTests.Same(FinalExponentiation.CyclotomicSquare(value), value.Square()));
        Assert.True((value * value.Conjugate()).IsOne());
    }

    [Fact]
    public void The_identity_pairs_to_one()
    {
        Assert.True(Pairing.Compute(CurvePoint<Fp>.Identity, Generators.G2).IsOne());
        Assert.True(Pairing.Compute(Generators.G1, CurvePoint<Fp2>.Identity).IsOne());
    }

    [Fact]
    public void How_a_point_is_scaled_changes_nothing() => Gen.Select(FieldTests.AnyFp, FieldTests.AnyFp2)
        .Where((a, b) => (a.ZeroMask() | b.ZeroMask()) == 0).Sample(
        (a, b) =>
        {
            var (p, q) = (Generators.G1.Double(), Generators.G2.Double());
            var scaled = Pairing.Compute(new(p.X * a, p.Y * a, p.Z * a), new(q.X * b, q.Y * b, q.Z * b));
            return FieldTests.Same(scaled, Pairing.Compute(p, q));
        },
        iter: 3);
}
