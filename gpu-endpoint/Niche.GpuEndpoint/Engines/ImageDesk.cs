using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Queueing;
using Niche.GpuEndpoint.Safety;
using Niche.GpuEndpoint.Telemetry;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Engines;

/// <summary>The way of every picture, whichever route asked: a place in the lane, the engine, alone or with others of its kind, the check, the times.</summary>
internal sealed class ImageDesk(
    WorkLanes lanes, ModelStore models, IImageEngine engine, PictureGate gate, EndpointOptions options, EndpointMeters meters, TimeProvider time)
{
    /// <summary>Takes a place in the image lane.</summary>
    public WorkPlace Enter(ImageJob job, int priority = 0, TimeSpan? longestWait = null) => lanes.Images.Enter(priority, longestWait, job.Model);

    /// <summary>Paints one picture and gives the place back.</summary>
    /// <param name="place">A fresh place in the lane.</param>
    /// <param name="job">A checked job.</param>
    /// <param name="begin">Called when its turn has come.</param>
    /// <param name="cancellation">Gives up waiting or working.</param>
    /// <exception cref="ContentBlockedException">The picture is held back.</exception>
    public async Task<GeneratedImage> PaintAsync(WorkPlace place, ImageJob job, Action? begin, CancellationToken cancellation)
    {
        using (place)
        {
            using var use = models.Use(job.Model);
            var start = time.GetTimestamp();
            var limit = models.Find(ModelKind.Image, job.Model)?.Manifest.Limits?.Batch ?? options.Batch;
            var own = new ImageShare(gate.Guard(job), Math.Min(limit, options.Batch), cancellation) { Begin = begin };
            place.Offer(own);
            if (await place.TurnAsync(cancellation) is { } others) _ = WorkAsync([own, .. others.Cast<ImageShare>()]);
            var made = await own.Made;
            await gate.PassAsync(job, made, cancellation);
            place.Succeed();
            var (queued, total) = (place.Waited, time.GetElapsedTime(start));
            meters.ImageMade(job.Model, queued, total, made.Recovered);
            return made with { Timings = made.Timings with { QueuedMs = queued.TotalMilliseconds, TotalMs = total.TotalMilliseconds } };
        }
    }

    // For all who share the turn: it goes on when the client of the one who began it leaves, and whatever happens ends in the shares.
    private async Task WorkAsync(ImageShare[] shares)
    {
        var first = shares[0];
        try
        {
            meters.BatchBegins(first.Job.Model, shares.Length);
            foreach (var share in shares) share.Begin?.Invoke();
            if (shares.Length > 1) await engine.GenerateAsync(shares);
            else first.Complete(await engine.GenerateAsync(first.Job, first.Cancellation));
        }
        catch (Exception e)
        {
            foreach (var share in shares) share.Fail(e);
        }
        foreach (var share in shares) share.Fail(new InvalidOperationException("The engine returned without ending every picture of the turn."));
    }
}
