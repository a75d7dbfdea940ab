using CsCheck;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Tests.Keys;

public class Ed25519Tests
{
    [Fact]
    public void The_development_key_has_its_well_known_address()
    {
        using var alice = Ed25519Keypair.FromUri("//Alice");
        Assert.Equal("5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu", alice.Address);
        using var bySeed = Ed25519Keypair.FromSeed(Convert.FromHexString("abf8e5bdbe30c65656c0a3cbd181ff8a56294a69dfedd27982aace4a76909115"));
        Assert.Equal(alice.Address, bySeed.ToString());
    }

    // RFC 8032, section 7.1, test 2.
    [Fact]
    public void The_signature_of_the_standard_comes_out()
    {
        using var pair = Ed25519Keypair.FromSeed(Convert.FromHexString("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
        Assert.Equal("3D4017C3E843895A92B70AA74D1B7EBC9C982CCF2EC4968CC0CD55F12AF4660C", Convert.ToHexString(pair.PublicKey));
        Assert.Equal(
            "92A009A9F0D4CAB8720E820B5F642540A2B27B5416503F8FB3762223EBDB69DA085AC1E43E15996E458F3613D0F11D8C387B2EAEB4302AEEB00D291612BB0C00",
            Convert.ToHexString(pair.Sign([0x72])));
    }

    [Fact]
    public void What_a_key_signs_it_verifies_and_nothing_else() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[0, 200], Gen.Int[0, 511]).Sample(
            (seed, message, bit) =>
            {
                using var pair = Ed25519Keypair.FromSeed(seed);
                var signature = pair.Sign(message);
                if (!Ed25519Keypair.Verify(pair.PublicKey, message, signature)) return false;
                signature[bit / 8] ^= (byte)(1 << (bit % 8));
                return !Ed25519Keypair.Verify(pair.PublicKey, message, signature);
            },
            iter: 100);

    [Fact]
    public void Soft_junctions_are_refused() => Assert.Throws<KeyFormatException>(() => Ed25519Keypair.FromUri("//Alice/soft"));

    [Fact]
    public void Any_bytes_as_key_and_signature_are_refused_without_a_fault() =>
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 70]).Sample((key, signature) => !Ed25519Keypair.Verify(key, "m"u8, signature), iter: 1000);

    [Fact]
    public void A_disposed_pair_signs_no_more()
    {
        var pair = Ed25519Keypair.FromUri("//Bob");
        pair.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pair.Sign("m"u8));
    }
}
