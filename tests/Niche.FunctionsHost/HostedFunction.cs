using System.Text.Json.Nodes;
using Niche.FunctionsHost.Protocol;

namespace Niche.FunctionsHost;

/// <summary>A function as the worker described it.</summary>
/// <param name="Id">What the worker calls it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Trigger">Its trigger binding, as in function.json.</param>
public sealed record HostedFunction(string Id, string Name, JsonNode Trigger)
{
    /// <summary><c>httpTrigger</c>, <c>queueTrigger</c> or <c>timerTrigger</c>.</summary>
    public string Kind => (string)Trigger["type"]!;

    /// <summary>Name of the parameter that takes the trigger's value.</summary>
    public string Parameter => (string)Trigger["name"]!;

    internal static HostedFunction Of(FunctionMetadata metadata)
    {
        JsonNode trigger = metadata.RawBindings.Select(binding => JsonNode.Parse(binding)!)
            .Single(binding => ((string)binding["type"]!).EndsWith("Trigger", StringComparison.Ordinal));
        return new HostedFunction(metadata.FunctionId, metadata.Name, trigger);
    }
}
