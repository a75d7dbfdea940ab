using Niche.Subnet.Policy;

namespace Niche.Subnet.Verification;

/// <summary>The cheap gate that every picture passes before anything else looks at it, organic or synthetic: no decoder, no rerun.</summary>
public static class ImageGate
{
    /// <summary>Reads the base64 answer of a miner.</summary>
    /// <param name="base64">The synapse's <c>image</c>.</param>
    /// <param name="asked">Size that was asked for.</param>
    /// <param name="bands">Limits.</param>
    /// <param name="format">Format that was asked for. A lossy answer to a lossless request hides how the picture was made.</param>
    /// <returns>The file, or the verdict that ends the matter.</returns>
    public static ImageGateResult Check(string? base64, ImageSize asked, ImageBands bands, ImageFormat format = ImageFormat.Png)
    {
        if (string.IsNullOrWhiteSpace(base64)) return Refuse(ReasonCodes.Empty);
        // Before decoding, so that no more memory is taken than the limit allows.
        if (base64.Length > ((bands.MaxBytes + 2L) / 3 * 4)) return Refuse(ReasonCodes.TooLarge);
        var file = new byte[base64.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64String(base64, file, out var length)) return Refuse(ReasonCodes.NotBase64);
        if (length > bands.MaxBytes) return Refuse(ReasonCodes.TooLarge);
        Array.Resize(ref file, length);
        if (!ImageHeader.TryRead(file, out var header)) return Refuse(ReasonCodes.UnknownFormat);
        if (header.Format != format) return Refuse(ReasonCodes.WrongFormat);
        if ((long)header.Width * asked.Height != (long)header.Height * asked.Width) return Refuse(ReasonCodes.WrongAspect);
        if (header.Width != asked.Width || header.Height != asked.Height) return Refuse(ReasonCodes.WrongSize);
        return new(null, new ImageFile(header.Format, asked, file));
    }

    /// <summary>Looks at measured features without a rerun: blank pictures and pictures that ignore the prompt.</summary>
    /// <returns>A verdict that ends the matter, or null when the picture may pass.</returns>
    public static Verdict? CheckFeatures(ImageFeatures features, ImageBands bands)
    {
        var deviation = ImageDistances.Deviation(features.Grid);
        if (deviation < bands.MinDeviation)
            return Verdict.Of(VerdictOutcome.Wrong, ReasonCodes.BlankImage, 0, ("deviation", deviation));
        return features.TextSimilarity is { } similarity && !(similarity >= bands.TextSimilarityMin)
            ? Verdict.Of(VerdictOutcome.Wrong, ReasonCodes.PromptIgnored, 0, ("text_similarity", similarity), ("deviation", deviation))
            : null;
    }

    /// <summary>True when an organic picture should be compared with a rerun before it is delivered: nothing else says that it is what was asked for.</summary>
    public static bool NeedsRerun(ImageFeatures features, ImageBands bands) => !(features.TextSimilarity >= bands.TextSimilaritySure);

    private static ImageGateResult Refuse(string reason) => new(Verdict.Of(VerdictOutcome.Invalid, reason), null);
}
