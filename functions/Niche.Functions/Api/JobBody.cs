using Niche.Subnet.Jobs;

namespace Niche.Functions.Api;

/// <summary>Body of <c>POST /v1/jobs</c>.</summary>
public sealed record JobBody
{
    public string? Kind { get; init; }

    public string? Model { get; init; }

    public string? Prompt { get; init; }

    public string? NegativePrompt { get; init; }

    public double? Count { get; init; }

    public double? Width { get; init; }

    public double? Height { get; init; }

    public double? Steps { get; init; }

    public double? Guidance { get; init; }

    public double? Seed { get; init; }

    /// <summary>The draft that every door submits.</summary>
    public JobDraft ToDraft() => new()
    {
        Kind = JobKind.Image,
        Model = Model,
        Prompt = Prompt,
        NegativePrompt = NegativePrompt,
        Count = Numbers.ToInt(Count),
        Width = Numbers.ToInt(Width),
        Height = Numbers.ToInt(Height),
        Steps = Numbers.ToInt(Steps),
        Guidance = Guidance,
        Seed = Numbers.ToLong(Seed),
    };
}
