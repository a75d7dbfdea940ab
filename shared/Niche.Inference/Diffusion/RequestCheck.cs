using Niche.Inference.Diffusion.Control;

namespace Niche.Inference.Diffusion;

/// <summary>What no pipeline can paint, whatever its model.</summary>
internal static class RequestCheck
{
    private const int MostClipSkip = 12;
    private const int MostScale = 10;

    /// <param name="request">What to paint.</param>
    /// <param name="side">Sides must be multiples of it.</param>
    /// <param name="shrink">How many times a given picture is smaller.</param>
    /// <exception cref="ArgumentOutOfRangeException">Says which value is meant and what it may be.</exception>
    public static void Check(DiffusionRequest request, int side, int shrink)
    {
        if (Fault(request, side, shrink) is { } fault) throw new ArgumentOutOfRangeException(nameof(request), fault);
    }

    private static string? Fault(ControlPicture control, DiffusionRequest request)
    {
        if (control.Image.Width != request.Width || control.Image.Height != request.Height)
            return $"The control picture must be {request.Width} x {request.Height}, as the request.";
        if (control.Scale is not (>= 0 and <= MostScale)) return $"The scale of the control picture must be 0 to {MostScale}.";
        return control.Start >= 0 && control.Start < control.End && control.End <= 1 ? null : "A control picture counts from Start to End, both within 0 to 1.";
    }

    private static string? Fault(DiffusionRequest request, int side, int shrink)
    {
        if (request.Steps < 1) return "There must be at least one step.";
        if (request.Width < side || request.Height < side || request.Width % side != 0 || request.Height % side != 0)
            return $"{request.Width} x {request.Height}: sides must be multiples of {side}.";
        if (request.ClipSkip is < 0 or > MostClipSkip) return $"ClipSkip must be 0 to {MostClipSkip}.";
        if (request.GuidanceRescale is not (>= 0 and <= 1)) return "GuidanceRescale must be 0 to 1.";
        if (request.Strength is not (> 0 and <= 1)) return "Strength must be above 0 and at most 1.";
        if (request.Image is { } image && (image.Width != request.Width / shrink || image.Height != request.Height / shrink))
            return $"The picture must be {request.Width / shrink} x {request.Height / shrink} for a request of {request.Width} x {request.Height}.";
        if (request.NoiseLevel < 0) return "NoiseLevel must not be below 0.";
        if (request.Mask is { } mask && (request.Image is null || mask.Length != request.Width * request.Height))
            return "A mask needs a picture, and one byte for each of its pixels.";
        if (request.ImagePrompt is { Scale: not (>= 0 and <= MostScale) }) return $"The scale of the image prompt must be 0 to {MostScale}.";
        if (request.RefineFrom is not (null or (> 0 and < 1))) return "The refiner takes over after more than nothing and less than all: RefineFrom must be above 0 and below 1.";
        return request.Control is { } control ? Fault(control, request) : null;
    }
}
