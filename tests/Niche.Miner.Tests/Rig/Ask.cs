using Niche.Bittensor.Dendrite;
using Niche.Subnet.Synapses;

namespace Niche.Miner.Tests.Rig;

/// <summary>The requests that tests send.</summary>
public static class Ask
{
    public const string Prompt = "a red lighthouse by the sea at night";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static ImageGenerating Image(int steps = 4, long seed = 7, string prompt = Prompt) => new()
    {
        Prompt = prompt,
        Seed = seed,
        ModelName = "niche-scenes",
        PipelineParams = new ImageParameters(steps, 128, 128, 4, "", "PNG").ToElement(),
    };

    public static TextGenerating Text(int tokens = 12, bool stream = false) => new()
    {
        PromptInput = "a red",
        Seed = 3,
        ModelName = "niche-prompt-lm",
        PipelineParams = new TextParameters(tokens, 0.9, 1).ToElement(),
        RequestDict = stream ? JsonObjects.From(new { Stream = true }) : JsonObjects.Empty,
    };

    public static Task<SynapseResult<ImageGenerating>> PaintAsync(this MinerRig rig, ImageGenerating? synapse = null, string who = "//Alice", TimeSpan? timeout = null) =>
        rig.As(who).CallAsync(rig.Axon, synapse ?? Image(), timeout ?? Patience, TestContext.Current.CancellationToken);

    public static Task<SynapseResult<TextGenerating>> WriteAsync(this MinerRig rig, TextGenerating? synapse = null) =>
        rig.As("//Alice").CallAsync(rig.Axon, synapse ?? Text(), Patience, TestContext.Current.CancellationToken);

    public static Task<SynapseResult<Information>> InformAsync(this MinerRig rig, string who = "//Alice") =>
        rig.As(who).CallAsync(rig.Axon, new Information(), Patience, TestContext.Current.CancellationToken);
}
