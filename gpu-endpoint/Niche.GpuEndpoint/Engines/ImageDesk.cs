using Niche.GpuEndpoint.Queueing;
using Niche.GpuEndpoint.Telemetry;

namespace Niche.GpuEndpoint.Engines;

/// <summary>The way of every picture, whichever route asked: a place in the lane, the engine, the times.</summary>
internal sealed class ImageDesk(WorkLanes lanes, IImageEngine engine, EndpointMeters meters, TimeProvider time)
{
    /// <summary>Takes a place in the image lane.</summary>
    public WorkPlace Enter(int priority = 0, TimeSpan? longestWait = null) => lanes.Images.Enter(priority, longestWait);

    /// <summary>Paints one picture and gives the place back.</summary>
    /// <param name="place">A fresh place in the lane.</param>
    /// <param name="job">A checked job.</param>
    /// <param name="begin">Called when its turn has come.</param>
    /// <param name="cancellation">Gives up waiting or working.</param>
    public async Task<GeneratedImage> PaintAsync(WorkPlace place, ImageJob job, Action? begin, CancellationToken cancellation)
    {
        using (place)
        {
            var start = time.GetTimestamp();
            var (queued, made) = await place.RunAsync(
                async wait =>
                {
                    begin?.Invoke();
                    return (wait, await engine.GenerateAsync(job, cancellation));
                },
                cancellation);
            var total = time.GetElapsedTime(start);
            meters.ImageMade(job.Model, queued, total);
            return made with { Timings = made.Timings with { QueuedMs = queued.TotalMilliseconds, TotalMs = total.TotalMilliseconds } };
        }
    }
}
