using Niche.GpuEndpoint.Engines;

namespace Niche.GpuEndpoint.Tests.Engines;

/// <summary>An engine that holds every job until the test opens the gate.</summary>
internal sealed class GatedEngine : IImageEngine
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SemaphoreSlim Started { get; } = new(0);

    public void Open() => _gate.TrySetResult();

    public async Task<GeneratedImage> GenerateAsync(ImageJob job, CancellationToken cancellation)
    {
        Started.Release();
        await _gate.Task.WaitAsync(cancellation);
        return new GeneratedImage([1, 2, 3], "digest", job.Seed, job.Steps, new ImageTimings(0, 0, 0, 0, 0, 0, 0));
    }
}
