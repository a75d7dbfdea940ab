using System.Text.Json;

namespace Niche.Miner.Work;

/// <summary>A checked request for text.</summary>
/// <param name="Model">Model name.</param>
/// <param name="Prompt">Text to continue.</param>
/// <param name="Seed">0 to 2^32 - 1.</param>
/// <param name="Parameters">The <c>pipeline_params</c> object.</param>
/// <param name="Timeout">Time for the work, waiting not included.</param>
public sealed record TextOrder(string Model, string Prompt, long Seed, JsonElement Parameters, TimeSpan Timeout)
    : WorkOrder(Timeout);
