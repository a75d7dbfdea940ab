using Niche.Subnet.Policy;
using Niche.Subnet.Synapses;

namespace Niche.Subnet.Challenges;

/// <summary>A picture that a miner is asked for on the validator's own account.</summary>
/// <param name="Id">Unique identifier of the challenge.</param>
/// <param name="Model">Category.</param>
/// <param name="Pipeline">Pipeline.</param>
/// <param name="Prompt">What to paint.</param>
/// <param name="Seed">0 to the model's largest.</param>
/// <param name="Size">Pixels.</param>
/// <param name="Steps">Denoising steps.</param>
/// <param name="Guidance">Guidance scale.</param>
public sealed record ImageChallenge(
    string Id, string Model, string Pipeline, string Prompt, long Seed, ImageSize Size, int Steps, double Guidance)
{
    /// <summary>The request as it goes to the miner, the same in form as an organic one.</summary>
    public ImageGenerating ToSynapse() => new()
    {
        Prompt = Prompt,
        Seed = Seed,
        ModelName = Model,
        PipelineType = Pipeline,
        PipelineParams = new ImageParameters(Steps, Size.Width, Size.Height, Guidance, "", "PNG").ToElement(),
    };
}
