using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Niche.Bittensor.Bls12381;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Bls12381;

public class HashToG1Tests
{
    private static readonly byte[] Domain = Encoding.ASCII.GetBytes("QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_");

    /// <summary>RFC 9380, J.9.1.</summary>
    [Theory]
    [InlineData(
        "",
        "052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4e8cf62d9c09db0fac349612b759e79a1",
        "08ba738453bfed09cb546dbb0783dbb3a5f1f566ed67bb6be0e8c67e2e81a4cc68ee29813bb7994998f3eae0c9c6a265")]
    [InlineData(
        "abc",
        "03567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3aee664ba5379a7655d3c68900be2f6903",
        "0b9c15f3fe6e5cf4211f346271d7b01c8f3b28be689c8429c85b67af215533311f0b8dfaaa154fa6b88176c229f2885d")]
    public void The_suite_gives_the_points_of_the_standard(string message, string x, string y)
    {
        var (actualX, actualY) = HashToG1.Hash(Encoding.ASCII.GetBytes(message), Domain).ToAffine();
        Assert.Equal(x, Text(actualX));
        Assert.Equal(y, Text(actualY));
    }

    /// <summary>RFC 9380, J.9.1, the field elements of the empty message.</summary>
    [Fact]
    public void Field_elements_are_those_of_the_standard()
    {
        var (u0, u1) = HashToG1.ToField([], Domain);
        Assert.Equal("0ba14bd907ad64a016293ee7c2d276b8eae71f25a4b941eece7b0d89f17f75cb3ae5438a614fb61d6835ad59f29c564f", Text(u0));
        Assert.Equal("019b9bd7979f12657976de2884c7cce192b82c177c80e0ec604436a7f538d231552f0d96d9f7babe5fa3b19b3ff25ac9", Text(u1));
    }

    [Fact]
    public void Identities_of_rounds_are_the_recorded_ones()
    {
        foreach (var vector in VectorFile.Cases("timelock", "hashToCurve"))
        {
            var round = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(round, vector.GetProperty("round").GetInt64());
            var point = HashToG1.Hash(SHA256.HashData(round), "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"u8);
            Assert.Equal(vector.Text("qidG1compressed"), Convert.ToHexStringLower(CurveTests.Encoded(point)));
        }
    }

    [Fact]
    public void Every_field_element_maps_onto_the_auxiliary_curve_and_from_there_onto_the_curve() => FieldTests.AnyFp.Sample(u =>
    {
        var (x, y) = SimplifiedSwu.Map(u);
        return FieldTests.Same(SimplifiedSwu.Cubic(x), y.Square())
            && u.IsOdd() == y.IsOdd()
            && ElevenIsogeny.Map((x, y)).IsOnCurve();
    });

    [Fact]
    public void The_isogeny_keeps_opposite_points_opposite() => FieldTests.AnyFp.Sample(u =>
    {
        var (x, y) = SimplifiedSwu.Map(u);
        return ElevenIsogeny.Map((x, -y)).Is(-ElevenIsogeny.Map((x, y)));
    });

    [Fact]
    public void Every_hash_lies_in_the_group() => Gen.Byte.Array[0, 200].Sample(
        message =>
        {
            var point = HashToG1.Hash(message, Domain);
            return point.IsOnCurve() && point.IsInSubgroup() && !point.IsIdentity;
        },
        iter: 30);

    [Fact]
    public void A_domain_of_no_bytes_or_too_many_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => HashToG1.Hash([1], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => HashToG1.Hash([1], new byte[256]));
    }

    private static string Text(Fp value) => FieldTests.Number(value).ToString("x", null).TrimStart('0').PadLeft(96, '0');
}
