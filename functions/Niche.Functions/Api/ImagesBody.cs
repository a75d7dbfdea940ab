using System.Globalization;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;

namespace Niche.Functions.Api;

/// <summary>Body of <c>POST /v1/images/generations</c>: OpenAI's members, and ours beside them.</summary>
public sealed record ImagesBody : IOrderBody
{
    public string? Prompt { get; init; }

    public string? Model { get; init; }

    public double? N { get; init; }

    /// <summary><c>auto</c> or <c>WIDTHxHEIGHT</c>.</summary>
    public string? Size { get; init; }

    /// <summary><c>url</c> (default) or <c>b64_json</c>.</summary>
    public string? ResponseFormat { get; init; }

    public string? NegativePrompt { get; init; }

    public double? Steps { get; init; }

    public double? Guidance { get; init; }

    public double? Seed { get; init; }

    /// <inheritdoc/>
    public IEnumerable<NicheError> Faults()
    {
        if (ResponseFormat is not (null or "url" or "b64_json"))
            yield return ErrorCatalogue.NotInList(ErrorCodes.InvalidParameter, "response_format", ["url", "b64_json"]);
    }

    /// <inheritdoc/>
    public string NameOf(string field) => field == "count" ? "n" : field;

    /// <inheritdoc/>
    public JobDraft ToDraft()
    {
        (int? width, int? height) = ReadSize();
        return new JobDraft
        {
            Kind = JobKind.Image,
            Model = Model,
            Prompt = Prompt,
            NegativePrompt = NegativePrompt,
            Count = Numbers.ToInt(N),
            Width = width,
            Height = height,
            Steps = Numbers.ToInt(Steps),
            Guidance = Guidance,
            Seed = Numbers.ToLong(Seed),
        };
    }

    private (int? Width, int? Height) ReadSize()
    {
        if (Size is null or "auto") return (null, null);
        string[] parts = Size.Split('x');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height)
            ? (width, height)
            : (0, 0); // No model has this size: the answer lists those it has.
    }
}
