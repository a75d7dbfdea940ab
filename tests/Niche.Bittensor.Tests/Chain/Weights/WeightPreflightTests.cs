using CsCheck;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Weights;

namespace Niche.Bittensor.Tests.Chain.Weights;

public class WeightPreflightTests
{
    private static readonly WeightRequest Good = SampleTerms.Request;

    private static readonly WeightTerms Terms = SampleTerms.Good;

    private static SubnetHyperparameters Rules => SampleTerms.Rules;

    /// <summary>One thing wrong at a time; the name is the chain's.</summary>
    public static TheoryData<string, WeightRequest, WeightTerms> Faults => new()
    {
        { "CanNotSetRootNetworkWeights", Good with { Netuid = 0 }, Terms },
        { "WeightVecNotEqualSize", Good with { Values = [1, 2] }, Terms },
        { "MechanismDoesNotExist", Good with { Mechanism = 1 }, Terms },
        { "UidsLengthExceedUidsInSubNet", Good with { Uids = [0, 1, 2], Values = [1, 1, 1] }, Terms with { Neurons = 2, Uid = 1 } },
        { "HotKeyNotRegisteredInSubNet", Good, Terms with { Uid = null } },
        { "NotEnoughStakeToSetWeights", Good, Terms with { Stake = 999_999_999 } },
        { "SettingWeightsTooFast", Good, Terms with { LastUpdate = 9_900 } },
        { "CommittingWeightsTooFast", Good, SampleTerms.Committing with { LastUpdate = 9_900 } },
        { "NeuronNoValidatorPermit", Good, Terms with { Permit = false } },
        { "DuplicateUids", Good with { Uids = [0, 1, 0] }, Terms },
        { "UidVecContainInvalidOne", Good with { Uids = [0, 1, 16] }, Terms },
        { "WeightVecLengthIsLow", Good with { Uids = [0], Values = [1] }, Terms },
        { "WeightVecLengthIsLow", Good with { Values = [0, 0, 0] }, Terms },
        { "MaxWeightExceeded", Good, Terms with { Rules = Rules with { MaxWeightsLimit = 30_000 } } },
    };

    /// <summary>What the chain lets pass.</summary>
    public static TheoryData<WeightRequest, WeightTerms> Exceptions => new()
    {
        { Good, Terms },
        { Good, Terms with { LastUpdate = 0 } },
        { Good, Terms with { LastUpdate = 9_899 } },
        { Good, Terms with { Permit = false, IsOwner = true, Stake = 0 } },
        { Good with { Uids = [3], Values = [9] }, Terms with { Permit = false, Rules = Rules with { MinAllowedWeights = 8, MaxWeightsLimit = 100 } } },
        { Good with { Uids = [0, 1], Values = [1, 1] }, Terms with { Neurons = 2, Uid = 1, Rules = Rules with { MinAllowedWeights = 8 } } },
        { Good with { Values = [1, 1, 1] }, Terms with { Rules = Rules with { MaxWeightsLimit = 21_845 } } },
        { Good with { Mechanism = 1 }, Terms with { Mechanisms = 2 } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_named_as_the_chain_names_it_and_explained(string code, WeightRequest request, WeightTerms terms)
    {
        var objection = Assert.Single(WeightPreflight.Check(request, terms), one => one.Code == code);
        Assert.True(objection.Words.Length > 20 && objection.Words.EndsWith('.'));
        Assert.Equal(code != "NotEnoughStakeToSetWeights", objection.IsCertain);
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void What_the_chain_lets_pass_passes(WeightRequest request, WeightTerms terms) =>
        Assert.Empty(WeightPreflight.Check(request, terms));

    [Fact]
    public void Every_name_is_one_of_the_chains_own()
    {
        var errors = RealMetadata.Finney.GetPallet("SubtensorModule").Errors.Select(error => error.Name).ToHashSet();
        Assert.All(Faults, row => Assert.Contains(row.Data.Item1, errors));
    }

    [Fact]
    public void How_long_to_wait_is_said_and_right()
    {
        var early = Assert.Single(WeightPreflight.Check(Good, Terms with { LastUpdate = 9_950 }));
        Assert.Contains("wait until block 10051", early.Words, StringComparison.Ordinal);
        Assert.Empty(WeightPreflight.Check(Good, Terms with { LastUpdate = 9_950, Block = 10_051 }));
        Assert.Single(WeightPreflight.Check(Good, Terms with { LastUpdate = 9_950, Block = 10_050 }));
    }

    [Fact]
    public void Any_request_is_judged_without_a_fault() => Gen.Select(
        Gen.UShort.Array[0, 30], Gen.UShort.Array[0, 30], Gen.UShort, Gen.ULong, Gen.ULong).Sample(
        (uids, values, neurons, last, limit) =>
        {
            var terms = Terms with { Neurons = neurons, LastUpdate = last, Rules = Rules with { WeightsRateLimit = limit } };
            return WeightPreflight.Check(Good with { Uids = uids, Values = values }, terms) is not null;
        });
}
