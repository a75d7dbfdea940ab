using System.Text.Json;

namespace Niche.Miner.Work;

/// <summary>A checked request for a picture.</summary>
/// <param name="Model">Model name.</param>
/// <param name="Prompt">What to paint.</param>
/// <param name="Seed">0 to 2^32 - 1.</param>
/// <param name="Pipeline"><c>txt2img</c>, <c>img2img</c>...</param>
/// <param name="ConditionalImage">Raw base64, or empty.</param>
/// <param name="Parameters">The <c>pipeline_params</c> object.</param>
/// <param name="Timeout">Time for the work, waiting not included.</param>
public sealed record ImageOrder(
    string Model, string Prompt, long Seed, string Pipeline, string ConditionalImage, JsonElement Parameters, TimeSpan Timeout)
    : WorkOrder(Timeout);
