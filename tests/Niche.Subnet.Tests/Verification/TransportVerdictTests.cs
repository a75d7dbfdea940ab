using Niche.Bittensor.Dendrite;
using Niche.Subnet.Verification;

namespace Niche.Subnet.Tests.Verification;

public sealed class TransportVerdictTests
{
    [Theory]
    [InlineData(SynapseOutcome.Timeout, 408, VerdictOutcome.Late)]
    [InlineData(SynapseOutcome.Unreachable, 503, VerdictOutcome.Unreachable)]
    [InlineData(SynapseOutcome.Rejected, 429, VerdictOutcome.Overloaded)]
    [InlineData(SynapseOutcome.Rejected, 403, VerdictOutcome.Invalid)]
    [InlineData(SynapseOutcome.ServerError, 503, VerdictOutcome.Overloaded)]
    [InlineData(SynapseOutcome.ServerError, 504, VerdictOutcome.Late)]
    [InlineData(SynapseOutcome.ServerError, 500, VerdictOutcome.Invalid)]
    [InlineData(SynapseOutcome.Malformed, 422, VerdictOutcome.Invalid)]
    [InlineData(SynapseOutcome.TooLarge, 413, VerdictOutcome.Invalid)]
    public void Late_overloaded_unreachable_and_wrong_are_told_apart(SynapseOutcome outcome, int status, VerdictOutcome expected) =>
        Assert.Equal(expected, TransportVerdict.Of(outcome, status)!.Outcome);

    [Fact]
    public void A_success_must_be_judged() => Assert.Null(TransportVerdict.Of(SynapseOutcome.Success, 200));
}
