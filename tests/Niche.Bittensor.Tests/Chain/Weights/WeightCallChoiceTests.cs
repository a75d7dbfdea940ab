using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Weights;

namespace Niche.Bittensor.Tests.Chain.Weights;

public class WeightCallChoiceTests
{
    private static readonly string[] Newest =
    [
        "set_weights", "set_mechanism_weights", "commit_weights", "commit_mechanism_weights", "commit_timelocked_weights",
        "commit_timelocked_mechanism_weights", "commit_crv3_mechanism_weights",
    ];

    private static readonly string[] Oldest = ["set_weights", "commit_weights", "commit_crv3_weights"];

    [Theory]
    [InlineData(false, 0, WeightMethod.Timelock, "set_mechanism_weights")]
    [InlineData(false, 1, WeightMethod.Hash, "set_mechanism_weights")]
    [InlineData(true, 0, WeightMethod.Timelock, "commit_timelocked_mechanism_weights")]
    [InlineData(true, 2, WeightMethod.Timelock, "commit_timelocked_mechanism_weights")]
    [InlineData(true, 0, WeightMethod.Set, "commit_timelocked_mechanism_weights")]
    [InlineData(true, 0, WeightMethod.Hash, "commit_mechanism_weights")]
    public void On_a_chain_of_today(bool commitReveal, byte mechanism, WeightMethod preferred, string call) =>
        Assert.Equal(call, Choose(Newest, commitReveal, mechanism, preferred).Call.Name);

    [Theory]
    [InlineData(false, WeightMethod.Timelock, "set_weights")]
    [InlineData(true, WeightMethod.Timelock, "commit_crv3_weights")]
    [InlineData(true, WeightMethod.Hash, "commit_weights")]
    public void On_a_chain_without_mechanisms(bool commitReveal, WeightMethod preferred, string call) =>
        Assert.Equal(call, Choose(Oldest, commitReveal, 0, preferred).Call.Name);

    [Fact]
    public void Real_runtimes_give_the_calls_that_the_sdk_takes_on_them()
    {
        Assert.Equal("set_mechanism_weights", Choose(RealMetadata.Finney, false).Call.Name);
        Assert.Equal("commit_timelocked_mechanism_weights", Choose(RealMetadata.Finney, true).Call.Name);
        Assert.Equal("set_weights", Choose(RealMetadata.DevV15, false).Call.Name);
        Assert.Equal("commit_crv3_weights", Choose(RealMetadata.DevV15, true).Call.Name);
    }

    [Fact]
    public void The_other_way_of_committing_is_taken_where_the_preferred_one_is_missing()
    {
        var choice = Choose(["commit_weights"], true, 0, WeightMethod.Timelock);
        Assert.Equal("commit_weights", choice.Call.Name);
        Assert.Contains("no call for the preferred timelocked commit", choice.Reason, StringComparison.Ordinal);
        Assert.Equal("commit_crv3_weights", Choose(["commit_crv3_weights"], true, 0, WeightMethod.Hash).Call.Name);
    }

    [Fact]
    public void Without_a_store_for_salts_nothing_is_committed_that_could_not_be_revealed()
    {
        Assert.Equal("commit_crv3_weights", Choose(Oldest, true, 0, WeightMethod.Hash, canHash: false).Call.Name);
        var fault = Assert.Throws<SubtensorException>(() => Choose(["commit_weights"], true, 0, WeightMethod.Hash, canHash: false));
        Assert.Contains("store", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_runtime_without_a_call_for_the_mechanism_is_said_to_have_none()
    {
        var fault = Assert.Throws<SubtensorException>(() => Choose(Oldest, false, 1, WeightMethod.Timelock));
        Assert.Equal(SubtensorError.Unsupported, fault.Error);
        Assert.Contains("mechanism 1", fault.Message, StringComparison.Ordinal);
    }

    private static WeightCallChoice Choose(string[] calls, bool commitReveal, byte mechanism, WeightMethod preferred, bool canHash = true) =>
        WeightCallChoice.Choose(calls.Contains, commitReveal, mechanism, preferred, canHash);

    private static WeightCallChoice Choose(Niche.Bittensor.Chain.Metadata.RuntimeMetadata metadata, bool commitReveal) =>
        WeightCallChoice.Choose(name => metadata.FindCall("SubtensorModule", name) is not null, commitReveal, 0, WeightMethod.Timelock, true);
}
