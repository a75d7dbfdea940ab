using CsCheck;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Tests.Keys;

public class PrivateKeyTests
{
    // The group order and the number before it, little-endian.
    private const string Order = "EDD3F55C1A631258D69CF7A2DEF9DE1400000000000000000000000000000010";
    private const string Last = "ECD3F55C1A631258D69CF7A2DEF9DE1400000000000000000000000000000010";

    [Fact]
    public void A_pair_comes_back_from_its_private_key() => Gen.Byte.Array[32].Sample(
        seed =>
        {
            using var pair = Keypair.FromSeed(seed);
            var secret = new byte[64];
            pair.CopyPrivateKey(secret);
            using var again = Keypair.FromPrivateKey(secret);
            return again.Address == pair.Address && pair.ToPublic().Verify("m"u8, again.Sign("m"u8));
        },
        iter: 50);

    [Theory]
    [InlineData(Order)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000020")]
    [InlineData("00")]
    public void A_scalar_of_no_key_is_refused(string scalar) =>
        Assert.Throws<KeyFormatException>(() => Keypair.FromPrivateKey([.. Convert.FromHexString(scalar), .. new byte[32]]));

    [Fact]
    public void The_largest_scalar_is_a_key()
    {
        using var pair = Keypair.FromPrivateKey([.. Convert.FromHexString(Last), .. new byte[32]]);
        Assert.True(Keypair.Verify(pair.PublicKey, "m"u8, pair.Sign("m"u8)));
    }

    [Fact]
    public void A_scalar_is_canonical_when_it_is_below_the_order() => Gen.Byte.Array[32].Sample(bytes =>
        Ristretto255.IsCanonicalScalar(bytes) == (new System.Numerics.BigInteger(bytes, isUnsigned: true)
            < new System.Numerics.BigInteger(Convert.FromHexString(Order), isUnsigned: true)));

    [Fact]
    public void Keys_and_points_that_are_none_verify_nothing()
    {
        using var pair = Keypair.FromUri("//Alice");
        var signature = pair.Sign("m"u8);
        byte[] noPoint = [.. signature];
        noPoint.AsSpan(0, 32).Fill(0xFF);
        Assert.False(Keypair.Verify(pair.PublicKey, "m"u8, noPoint));
        Assert.False(Keypair.Verify(new byte[32], "m"u8, signature));
        byte[] odd = [.. pair.PublicKey];
        odd[31] |= 0x80;
        Assert.False(Keypair.Verify(odd, "m"u8, signature));
    }

    [Fact]
    public void A_public_key_reads_any_prefix_and_is_equal_by_its_bytes()
    {
        using var pair = Keypair.FromUri("//Alice");
        var other = PublicKey.FromAddress(Ss58.Encode(pair.PublicKey, 2007));
        Assert.Equal(pair.ToPublic(), other);
        Assert.Equal(pair.Address, other.ToString());
        Assert.Throws<KeyFormatException>(() => PublicKey.FromBytes(new byte[31]));
        Assert.Throws<KeyFormatException>(() => PublicKey.FromAddress("nobody"));
    }
}
