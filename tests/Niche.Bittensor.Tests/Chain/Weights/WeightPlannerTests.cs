using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Epochs;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Vectors;
using Niche.Bittensor.Timelock;

namespace Niche.Bittensor.Tests.Chain.Weights;

public sealed class WeightPlannerTests : IDisposable
{
    private readonly Keypair _hotkey = Keypair.FromUri("//Alice//hk");

    public void Dispose() => _hotkey.Dispose();

    [Fact]
    public void Open_weights_are_encoded_as_the_recorded_call()
    {
        WeightRequest request = new(7, [0, 1, 255], [65535, 32768, 1], 10_002_000);
        var terms = SampleTerms.Good with { Neurons = 256 };
        Assert.Equal(RecordedCall("SubtensorModule.set_weights"), Encoded(Plan(RealMetadata.DevV15, terms, request)));
        Assert.Equal(
            RecordedCall("SubtensorModule.set_mechanism_weights"),
            Encoded(Plan(RealMetadata.Finney, terms with { Mechanisms = 2 }, request with { Mechanism = 1 })));
    }

    [Fact]
    public void The_subnets_version_key_is_sent_where_it_is_larger()
    {
        Assert.Equal(5UL, Plan(RealMetadata.Finney, SampleTerms.Good, SampleTerms.Request).Arguments["version_key"]);
        Assert.Equal(9UL, Plan(RealMetadata.Finney, SampleTerms.Good, SampleTerms.Request with { VersionKey = 9 }).Arguments["version_key"]);
    }

    [Fact]
    public void A_timelocked_commit_of_today_names_mechanism_version_and_round_and_fits_the_runtime()
    {
        var plan = Plan(RealMetadata.Finney, SampleTerms.Committing, SampleTerms.Request);

        Assert.Equal("commit_timelocked_mechanism_weights", plan.Call.Name);
        Assert.Equal(["commit", "commit_reveal_version", "mecid", "netuid", "reveal_round"], plan.Arguments.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((ushort)4, plan.Arguments["commit_reveal_version"]);
        // Epoch (10000 + 8) div 361 = 27, so that 28 begins in block 28 * 361 - 8 = 10100; three blocks more, 12 seconds each.
        Assert.Equal(10_100UL, plan.RevealBlock);
        Assert.Equal((1_790_000_000UL + (103 * 12) - 1_692_803_367) / 3, plan.RevealRound);
        Assert.Equal(plan.RevealRound, plan.Arguments["reveal_round"]);
        Assert.Null(plan.Commit);
        var payload = 33 + 1 + 6 + 1 + 6 + 8;
        Assert.Equal(TimelockCiphertext.Overhead + payload, Assert.IsType<byte[]>(plan.Arguments["commit"]).Length);
        Assert.True(plan.MaySend);
        Assert.StartsWith("0776", Encoded(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_locked_is_what_was_asked_for()
    {
        // A subnet whose reveal is round 1000, of which the signature is known.
        var terms = SampleTerms.Committing with { Time = DrandQuicknet.TimeOf(1000) - TimeSpan.FromSeconds(103 * 12) };
        var signature = VectorFile.Extract.GetProperty("timelock").Hex("signature");

        var today = Plan(RealMetadata.Finney, terms, SampleTerms.Request);
        Assert.Equal(1000UL, today.RevealRound);
        var payload = WeightsPayload.Decode(Open(today), withHotkey: true);
        Assert.Equal(_hotkey.PublicKey.ToArray(), payload.Hotkey.ToArray());
        Assert.Equal(SampleTerms.Request.Uids, payload.Uids);
        Assert.Equal(SampleTerms.Request.Values, payload.Values);
        Assert.Equal(5UL, payload.VersionKey);

        var legacy = Plan(RealMetadata.DevV15, terms with { Time = DrandQuicknet.TimeOf(1000) - TimeSpan.FromSeconds(96 * 12) }, SampleTerms.Request);
        Assert.Equal((1000UL, 10_099UL), (legacy.RevealRound!.Value, legacy.RevealBlock!.Value));
        Assert.Equal("commit_crv3_weights", legacy.Call.Name);
        Assert.Equal(SampleTerms.Request.Values, WeightsPayload.Decode(Open(legacy), withHotkey: false).Values);

        byte[] Open(WeightPlan plan) => TimelockCipher.Decrypt(TimelockCiphertext.Parse((byte[])plan.Arguments["commit"]!), signature);
    }

    [Fact]
    public void A_hashed_commit_carries_the_hash_and_brings_what_its_reveal_needs()
    {
        var plan = Plan(RealMetadata.Finney, SampleTerms.Committing, SampleTerms.Request, WeightMethod.Hash);

        Assert.Equal("commit_mechanism_weights", plan.Call.Name);
        var commit = Assert.IsType<WeightCommit>(plan.Commit);
        Assert.Equal(_hotkey.Address, commit.Hotkey);
        Assert.Equal(WeightCommit.SaltLength, commit.Salt.Count);
        Assert.Equal(5UL, commit.Request.VersionKey);
        Assert.Equal("0x" + Convert.ToHexStringLower(WeightCommitHash.Compute(_hotkey.PublicKey, commit.Request, commit.Salt)), commit.Hash);
        Assert.EndsWith(commit.Hash[2..], Encoded(plan), StringComparison.Ordinal);
        Assert.NotEqual(commit.Salt, Plan(RealMetadata.Finney, SampleTerms.Committing, SampleTerms.Request, WeightMethod.Hash).Commit!.Salt);
    }

    [Fact]
    public void A_reveal_is_encoded_as_the_recorded_call()
    {
        WeightCommit commit = new(_hotkey.Address, new(7, [1, 2], [1000, 65535], 0), [1, 2, 3, 4, 5, 6, 7, 8], "0x", "commit_weights", 1);
        Assert.Equal(RecordedCall("SubtensorModule.reveal_weights"), Convert.ToHexStringLower(WeightPlanner.Reveal(commit).Encode(RealMetadata.DevV15).Data.Span));
        Assert.Equal(
            RecordedCall("SubtensorModule.reveal_mechanism_weights"),
            Convert.ToHexStringLower(WeightPlanner.Reveal(commit with { Call = "commit_mechanism_weights" }).Encode(RealMetadata.Finney).Data.Span));
        Assert.Throws<InvalidDataException>(() => WeightPlanner.Reveal(commit with { Call = "set_weights" }));
    }

    [Fact]
    public void A_subnet_without_epochs_a_past_round_and_too_long_a_commit_are_objected_to()
    {
        Assert.Contains("NoEpochs", Codes(Plan(RealMetadata.Finney, SampleTerms.Committing with { Epochs = null }, SampleTerms.Request)));
        Assert.Contains("InvalidRevealRound", Codes(Plan(RealMetadata.Finney, SampleTerms.Committing with { LastDrandRound = 99_000_000 }, SampleTerms.Request)));
        ushort[] many = [.. Enumerable.Range(0, 1300).Select(uid => (ushort)uid)];
        var terms = SampleTerms.Committing with { Neurons = 2000 };
        Assert.Contains("CommitTooLong", Codes(Plan(RealMetadata.Finney, terms, SampleTerms.Request with { Uids = many, Values = many })));
    }

    [Fact]
    public void Epochs_that_make_no_sense_are_the_chains_fault()
    {
        var terms = SampleTerms.Committing with { Rules = SampleTerms.Committing.Rules with { CommitRevealPeriod = ulong.MaxValue } };
        Assert.Equal(SubtensorError.Malformed, Assert.Throws<SubtensorException>(() => Plan(RealMetadata.Finney, terms, SampleTerms.Request)).Error);
        terms = SampleTerms.Committing with { Epochs = new AnchoredEpochs(ulong.MaxValue, 0, 1, 360) };
        Assert.Throws<SubtensorException>(() => Plan(RealMetadata.Finney, terms with { Rules = terms.Rules with { CommitRevealPeriod = 2 } }, SampleTerms.Request));
    }

    [Fact]
    public void A_plan_tells_people_the_call_its_reason_arguments_bytes_and_round()
    {
        var plan = Plan(RealMetadata.Finney, SampleTerms.Committing, SampleTerms.Request);
        var text = plan.Describe();
        Assert.Contains("call: SubtensorModule.commit_timelocked_mechanism_weights", text, StringComparison.Ordinal);
        Assert.Contains("why: commit-reveal is on", text, StringComparison.Ordinal);
        Assert.Contains($"reveal_round: {plan.RevealRound}", text, StringComparison.Ordinal);
        Assert.Contains("encoded: 0x" + Encoded(plan), text, StringComparison.Ordinal);
        Assert.Contains("nothing was sent", text, StringComparison.Ordinal);

        var refused = Plan(RealMetadata.Finney, SampleTerms.Good with { Permit = false }, SampleTerms.Request);
        Assert.False(refused.MaySend);
        Assert.Contains("refused: NeuronNoValidatorPermit", refused.Describe(), StringComparison.Ordinal);
        Assert.Contains("weights: [100, 65535, 30000]", refused.Describe(), StringComparison.Ordinal);
    }

    private WeightPlan Plan(RuntimeMetadata metadata, WeightTerms terms, WeightRequest request, WeightMethod preferred = WeightMethod.Timelock) =>
        WeightPlanner.Plan(metadata, terms with { Rules = terms.Rules with { } }, request, _hotkey.PublicKey, preferred, canHash: true);

    private static string Encoded(WeightPlan plan) => Convert.ToHexStringLower(plan.Call.Data.Span);

    private static IEnumerable<string> Codes(WeightPlan plan) => plan.Objections.Select(objection => objection.Code);

    private static string RecordedCall(string name)
    {
        var full = VectorFile.Full();
        var calls = full.GetProperty("finney_spec393").GetProperty("calls").EnumerateArray();
        return calls.First(call => call.Text("name") == name).Text("data")[2..];
    }
}
