using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;

namespace Niche.Functions.Api;

/// <summary>Body of <c>POST /v1/jobs</c>.</summary>
public sealed record JobBody : IOrderBody
{
    /// <summary>Longest image, characters: a data URL of the largest file.</summary>
    public const int MaxImageCharacters = (JobRequestValidator.MaxPictureBytes / 3 * 4) + 64;

    private byte[]? _picture;

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

    /// <summary>A picture to start from: base64 of a PNG, JPEG or WebP, also as a data URL.</summary>
    public string? Image { get; init; }

    public double? Strength { get; init; }

    /// <inheritdoc/>
    public static int MaxBytes => (JobRequestValidator.MaxPictureBytes / 3 * 4) + BodyReader.MaxBytes;

    // Decoded once, for the faults and for the draft.
    private byte[]? Picture => _picture ??= Image is null ? null : Decode(Image);

    /// <inheritdoc/>
    public IEnumerable<NicheError> Faults()
    {
        if (Image is not null && Picture is null)
            yield return ErrorCatalogue.Create(ErrorCodes.InvalidParameter, "'image' must be base64 of a PNG, JPEG or WebP.", "image");
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
        Picture = Picture,
        Strength = Strength,
    };

    private static byte[]? Decode(string image)
    {
        int comma = image.StartsWith("data:", StringComparison.Ordinal) ? image.IndexOf(',', StringComparison.Ordinal) : -1;
        byte[] bytes = new byte[((image.Length - comma - 1) / 4 * 3) + 3];
        return Convert.TryFromBase64Chars(image.AsSpan(comma + 1), bytes, out int length) ? bytes[..length] : null;
    }
}
