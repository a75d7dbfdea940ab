using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Telemetry;
using Niche.Inference.Images;

namespace Niche.GpuEndpoint.Safety;

/// <summary>Lets pictures out, or does not: they are judged as files, so that no engine can go round it. A check that fails holds the picture back too.</summary>
internal sealed partial class PictureGate(EndpointMeters meters, ILogger<PictureGate> log, IPictureCheck? check = null)
{
    // Its own pictures, which no outsider can have made large.
    private static readonly ImageLimits Limits = new(int.MaxValue, 1 << 28, 1 << 14);

    /// <summary>Whether pictures are judged.</summary>
    public bool Guarded => check is not null;

    /// <summary>The job as it may be done: nobody judges previews, so there are none.</summary>
    public ImageJob Guard(ImageJob job) => Guarded ? job with { PreviewEvery = 0 } : job;

    /// <summary>Judges a picture.</summary>
    /// <exception cref="ContentBlockedException">It stays here.</exception>
    public async Task PassAsync(ImageJob job, GeneratedImage made, CancellationToken cancellation)
    {
        if (check is null) return;
        var verdict = await check.CheckAsync(ImageFile.Decode(made.File, Limits).Image, cancellation);
        if (!verdict.Blocked) return;
        meters.ImageBlocked(job.Model);
        Blocked(job.Model, verdict.Score);
        throw new ContentBlockedException();
    }

    [LoggerMessage(LogLevel.Information, "A picture of {Model} was held back: it scores {Score:F3}")]
    private partial void Blocked(string model, double score);
}
