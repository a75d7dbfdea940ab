using CsCheck;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Keys;

public class SignatureTests
{
    [Fact]
    public void Every_recorded_signature_is_judged_as_recorded()
    {
        var count = 0;
        foreach (var vector in VectorFile.Cases("signatures"))
        {
            var (key, message, signature) = (vector.Hex("publicKey"), vector.Hex("message"), vector.Hex("signature"));
            Assert.Equal(vector.GetProperty("valid").GetBoolean(), Sr25519.Verify(key, message, signature));
            var wrapped = vector.TryGetProperty("validWithBytesWrap", out var accepted) && accepted.GetBoolean();
            Assert.Equal(vector.GetProperty("valid").GetBoolean() || wrapped, Keypair.Verify(key, message, signature));
            count++;
        }

        Assert.Equal(81, count);
    }

    [Fact]
    public void A_fixed_witness_gives_the_recorded_signature()
    {
        foreach (var vector in VectorFile.Cases("pythonSide", "signatureInternals"))
        {
            var signature = new byte[64];
            byte[] secret = [.. vector.Hex("secretScalar"), .. vector.Hex("secretNonce")];
            Sr25519.SignWithWitness(secret, vector.Hex("publicKey"), vector.Hex("message"), vector.Hex("witnessWide64"), signature);
            Assert.Equal(vector.Hex("signature"), signature);
            Assert.True(Sr25519.Verify(vector.Hex("publicKey"), vector.Hex("message"), signature));
        }
    }

    [Fact]
    public void What_a_key_signs_it_verifies_and_nothing_else()
    {
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[0, 400], Gen.Int[0, 511]).Sample(
            (seed, message, bit) =>
            {
                using var pair = Keypair.FromSeed(seed);
                var signature = pair.Sign(message);
                if (!Keypair.Verify(pair.Address, message, signature)) return false;
                signature[bit / 8] ^= (byte)(1 << (bit % 8));
                return !Keypair.Verify(pair.PublicKey, message, signature) && !Keypair.Verify(pair.PublicKey, [.. message, 0], pair.Sign(message));
            },
            iter: 200);
    }

    [Fact]
    public void Any_bytes_as_key_and_signature_are_refused_without_a_fault() =>
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 70]).Sample((key, signature) => !Keypair.Verify(key, "m"u8, signature), iter: 2000);

    [Fact]
    public void What_a_browser_wallet_wraps_is_verified_without_its_wrapping()
    {
        using var pair = Keypair.FromUri("//Alice");
        Assert.True(Keypair.Verify(pair.PublicKey, "m"u8, pair.Sign("<Bytes>m</Bytes>"u8)));
        Assert.False(Keypair.Verify(pair.PublicKey, "<Bytes>m</Bytes>"u8, pair.Sign("m"u8)));
        Assert.False(Sr25519.Verify(pair.PublicKey, "m"u8, pair.Sign("<Bytes>m</Bytes>"u8)));
    }

    [Fact]
    public void Two_signatures_of_one_message_differ()
    {
        using var pair = Keypair.FromUri("//Alice");
        Assert.NotEqual(pair.Sign("m"u8), pair.Sign("m"u8));
    }

    [Fact]
    public void An_unreadable_address_verifies_nothing() => Assert.False(Keypair.Verify("nobody", "m"u8, new byte[64]));
}
