using System.Text.RegularExpressions;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Submission;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Chain.Subtensor;

public class PoolRefusalTests
{
    [Fact]
    public void What_a_real_runtime_said_to_spoiled_extrinsics_is_named()
    {
        var named = VectorFile.Full().GetProperty("live_spec293").GetProperty("rejected").EnumerateArray().Select(rejected =>
        {
            var said = Regex.Match(rejected.Text("result"), "^ERROR (\\d+) (.*)$");
            return PoolRefusal.Read(new SubtensorException { NodeCode = int.Parse(said.Groups[1].ValueSpan, null), NodeText = said.Groups[2].Value }).Name;
        });
        Assert.Equal(["BadProof", "BadProof", "BadProof", "Stale", "InvalidIpAddress", "Payment"], named);
    }

    [Theory]
    [InlineData(1013, "Transaction Already Imported", "AlreadyImported")]
    [InlineData(1014, "Priority is too low: (35 vs 35): The transaction has too low priority", "PriorityTooLow")]
    [InlineData(1010, "Invalid Transaction: Transaction will be valid in the future", "Future")]
    [InlineData(1010, "Invalid Transaction: Custom error: 999", "Refused1010")]
    [InlineData(1011, "1011: {\"unknown\":{\"cannotLookup\":null}}", "CannotLookup")]
    [InlineData(-32000, "", "Refused-32000")]
    public void Words_of_real_and_development_nodes_are_named(int code, string text, string name) =>
        Assert.Equal(name, PoolRefusal.Read(new SubtensorException { NodeCode = code, NodeText = text }).Name);
}
