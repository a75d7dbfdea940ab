using CsCheck;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Keys;

public class DerivationTests
{
    [Fact]
    public void Every_recorded_uri_gives_its_key()
    {
        var count = 0;
        foreach (var vector in VectorFile.Cases("derivations"))
        {
            using var pair = Keypair.FromUri(vector.Text("uri"));
            Assert.Equal(vector.Text("ss58"), pair.Address);
            Assert.Equal(vector.Hex("publicKey"), pair.PublicKey.ToArray());
            using var spelled = Keypair.FromUri(vector.Text("basedOn") + vector.Text("uri"));
            Assert.Equal(pair.Address, spelled.Address);
            count++;
        }

        Assert.Equal(17, count);
    }

    [Fact]
    public void Softly_derived_keys_sign()
    {
        using var pair = Keypair.FromUri("//Alice/soft/1");
        Assert.True(Keypair.Verify(pair.PublicKey, "m"u8, pair.Sign("m"u8)));
    }

    [Fact]
    public void Mini_secrets_expand_to_the_canonical_secret()
    {
        foreach (var vector in VectorFile.Cases("pythonSide", "expand"))
        {
            var secret = new byte[64];
            Sr25519.Expand(vector.Hex("miniSecret"), secret);
            Assert.Equal(vector.Hex("canonicalSecret64"), secret);
            using var pair = Keypair.FromSeed(vector.Hex("miniSecret"));
            Assert.Equal(vector.Hex("publicKey"), pair.PublicKey.ToArray());
            using var byUri = Keypair.FromUri("0x" + Convert.ToHexString(vector.Hex("miniSecret")));
            Assert.Equal(pair.Address, byUri.Address);
        }
    }

    [Fact]
    public void Junctions_give_the_recorded_chain_codes()
    {
        foreach (var vector in VectorFile.Cases("pythonSide", "chainCodes"))
            Assert.Equal(vector.Hex("chainCode"), new SecretUri.Junction(true, vector.Text("junction")).ChainCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("0x1234")]
    [InlineData("0xzz")]
    [InlineData("//")]
    [InlineData("//Alice/")]
    [InlineData("not a phrase at all//x")]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000000///password")]
    public void An_unreadable_uri_is_refused(string uri) => Assert.Throws<KeyFormatException>(() => Keypair.FromUri(uri));

    [Fact]
    public void Any_text_is_a_uri_or_refused_with_a_typed_fault() =>
        Gen.Select(OneOfText.Gen("", "0x", "//Alice", SecretUri.DevelopmentPhrase, "/"), Gen.String[0, 60], OneOfText.Gen("", "///", "//", "/x")).Sample(
            (root, text, tail) =>
            {
                try
                {
                    using var pair = Keypair.FromUri(root + text + tail);
                    return Ss58.IsBittensorAddress(pair.Address);
                }
                catch (KeyFormatException)
                {
                    return true;
                }
            },
            iter: 300);

    [Fact]
    public void A_disposed_pair_signs_no_more()
    {
        var pair = Keypair.Generate();
        pair.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pair.Sign("m"u8));
    }
}
