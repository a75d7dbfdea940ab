using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;

namespace Niche.Functions.Api;

/// <summary>Body of <c>POST /v1/jobs</c>.</summary>
public sealed record JobBody : IOrderBody
{
    /// <summary><c>image</c>; may be left out.</summary>
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

    /// <inheritdoc/>
    public IEnumerable<NicheError> Faults()
    {
        if (Kind is not (null or "image")) yield return ErrorCatalogue.NotInList(ErrorCodes.InvalidParameter, "kind", ["image"]);
    }

    /// <inheritdoc/>
    public string NameOf(string field) => field;

    /// <inheritdoc/>
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
