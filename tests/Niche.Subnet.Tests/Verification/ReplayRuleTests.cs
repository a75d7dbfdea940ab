using Niche.Subnet.Verification;

namespace Niche.Subnet.Tests.Verification;

public sealed class ReplayRuleTests
{
    private static readonly ReplayKey Earlier = new("aa", 1, 2, "request1", "other", DateTimeOffset.UnixEpoch);

    [Fact]
    public void Only_the_same_picture_for_another_request_is_a_replay()
    {
        Assert.True(ReplayRule.IsReplay(Earlier, Earlier with { RequestDigest = "request2" }));
        Assert.True(ReplayRule.IsReplay(Earlier, Earlier with { RequestDigest = "request2", Sha256 = "re-encoded" }));
        Assert.False(ReplayRule.IsReplay(Earlier, Earlier with { Hotkey = "me" }));
        Assert.False(ReplayRule.IsReplay(Earlier, Earlier with { RequestDigest = "request2", Sha256 = "bb", PHash = 3 }));
    }

    [Fact]
    public void A_hit_names_wrong_work_and_never_accuses_verified_work()
    {
        Assert.Equal(ReasonCodes.Replayed, ReplayRule.Apply(Verdict.Of(VerdictOutcome.Wrong, ReasonCodes.OtherSeed), Earlier).ReasonCode);
        Assert.Equal(VerdictOutcome.Wrong, ReplayRule.Apply(Verdict.Of(VerdictOutcome.Unverified, ReasonCodes.NotSampled), Earlier).Outcome);
        Assert.True(ReplayRule.Apply(Verdict.Of(VerdictOutcome.Verified, ReasonCodes.Match), Earlier).IsVerified);
        Assert.Equal(ReasonCodes.TimedOut, ReplayRule.Apply(Verdict.Of(VerdictOutcome.Late, ReasonCodes.TimedOut), Earlier).ReasonCode);
        Assert.Equal(ReasonCodes.OtherSeed, ReplayRule.Apply(Verdict.Of(VerdictOutcome.Wrong, ReasonCodes.OtherSeed), null).ReasonCode);
    }

    [Fact]
    public void One_seed_may_give_one_picture_twice_and_two_seeds_may_not()
    {
        Assert.Equal(ReplayRule.NoiseDigest("m", 1, 128, 128), ReplayRule.NoiseDigest("m", 1, 128, 128));
        Assert.NotEqual(ReplayRule.NoiseDigest("m", 1, 128, 128), ReplayRule.NoiseDigest("m", 2, 128, 128));
        Assert.NotEqual(ReplayRule.NoiseDigest("m", 1, 128, 128), ReplayRule.NoiseDigest("m1", 1, 128, 128));
    }

    [Fact]
    public void Every_setting_counts_in_the_request_digest_and_fields_cannot_run_into_each_other()
    {
        var digests = new[]
        {
            ReplayRule.RequestDigest("m", "ab", "", 1, 128, 128, 20, 4),
            ReplayRule.RequestDigest("m", "a", "b", 1, 128, 128, 20, 4),
            ReplayRule.RequestDigest("m", "ab", "", 2, 128, 128, 20, 4),
            ReplayRule.RequestDigest("m", "ab", "", 1, 128, 128, 10, 4),
            ReplayRule.RequestDigest("m", "ab", "", 1, 128, 128, 20, 4.5),
        };
        Assert.Equal(digests.Length, digests.Distinct().Count());
        Assert.Equal(digests[0], ReplayRule.RequestDigest("m", "ab", "", 1, 128, 128, 20, 4));
    }
}
