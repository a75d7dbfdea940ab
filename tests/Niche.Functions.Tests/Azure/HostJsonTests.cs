using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Azure;

/// <summary>host.json has the keys that the real host reads; a misspelt one would be ignored in silence.</summary>
public sealed class HostJsonTests
{
    private static readonly JsonNode Host = JsonNode.Parse(Repository.Read("functions/Niche.Functions/host.json"))!;

    [Fact]
    public void The_keys_are_known_ones()
    {
        Assert.Equal(["extensions", "functionTimeout", "logging", "version"], Keys(Host));
        Assert.Equal(["http", "queues"], Keys(Host["extensions"]!));
        Assert.Equal(["routePrefix"], Keys(Host["extensions"]!["http"]!));
        Assert.Equal(
            ["batchSize", "maxDequeueCount", "maxPollingInterval", "messageEncoding", "newBatchThreshold", "visibilityTimeout"], Keys(Host["extensions"]!["queues"]!));
    }

    [Fact]
    public void The_values_are_those_that_the_rest_relies_on()
    {
        JsonNode queues = Host["extensions"]!["queues"]!;
        Assert.Equal("2.0", (string?)Host["version"]);
        Assert.Equal("", (string?)Host["extensions"]!["http"]!["routePrefix"]);
        Assert.Equal("none", (string?)queues["messageEncoding"]);
        Assert.Equal(5, (int)queues["maxDequeueCount"]!);
        Assert.InRange((int)queues["batchSize"]!, 1, 32);
        Assert.True(TimeSpan.Parse((string)queues["visibilityTimeout"]!, null) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromMinutes(10), TimeSpan.Parse((string)Host["functionTimeout"]!, null));
    }

    private static IEnumerable<string> Keys(JsonNode node) => node.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal);
}
