using System.Security.Cryptography;
using System.Text.Json;
using CsCheck;
using Niche.Bittensor.Tests.Vectors;
using Niche.Bittensor.Timelock;

namespace Niche.Bittensor.Tests.Timelock;

public class DrandQuicknetTests
{
    private static readonly JsonElement Vector = VectorFile.Extract.GetProperty("timelock");

    [Fact]
    public void The_public_key_is_the_recorded_one() =>
        Assert.Equal(Vector.Text("drandPublicKey"), Convert.ToHexStringLower(DrandQuicknet.PublicKey));

    [Fact]
    public void A_signature_is_that_of_its_round_only()
    {
        var signature = Vector.Hex("signature");
        Assert.Equal(Vector.Text("randomness"), Convert.ToHexStringLower(SHA256.HashData(signature)));
        Assert.True(DrandQuicknet.Verify(1000, signature));
        Assert.False(DrandQuicknet.Verify(999, signature));
        Assert.False(DrandQuicknet.Verify(1001, signature));
        signature[0] ^= 0x20;
        Assert.False(DrandQuicknet.Verify(1000, signature));
    }

    [Fact]
    public void Any_bytes_are_no_signature()
    {
        Gen.Byte.Array[0, 60].Sample(bytes => !DrandQuicknet.Verify(1000, bytes), iter: 200);
        Assert.False(DrandQuicknet.Verify(1000, [0xC0, .. new byte[47]]));
    }

    [Fact]
    public void Rounds_follow_the_clock_in_steps_of_three_seconds()
    {
        var genesis = DateTimeOffset.FromUnixTimeSeconds(DrandQuicknet.GenesisUnixSeconds);
        Assert.Equal(0UL, DrandQuicknet.RoundAt(DateTimeOffset.UnixEpoch));
        Assert.Equal(0UL, DrandQuicknet.RoundAt(genesis.AddTicks((3 * TimeSpan.TicksPerSecond) - 1)));
        Assert.Equal(1UL, DrandQuicknet.RoundAt(genesis.AddSeconds(3)));
        Assert.Equal(genesis.AddSeconds(3000), DrandQuicknet.TimeOf(1000));
    }

    [Fact]
    public void The_first_moment_of_a_round_belongs_to_it_and_the_one_before_does_not() => Gen.ULong[1, 80_000_000_000].Sample(round =>
        DrandQuicknet.RoundAt(DrandQuicknet.TimeOf(round)) == round && DrandQuicknet.RoundAt(DrandQuicknet.TimeOf(round).AddTicks(-1)) == round - 1);

    [Fact]
    public void A_round_past_the_calendar_has_the_last_moment() =>
        Assert.Equal(DateTimeOffset.MaxValue, DrandQuicknet.TimeOf(ulong.MaxValue));
}
