using Niche.GpuEndpoint.Queueing;

namespace Niche.GpuEndpoint.Engines;

/// <summary>One picture among those that an engine is given at once. Every share must end, by <see cref="Complete"/> or <see cref="Fail"/>.</summary>
/// <param name="job">A checked job.</param>
/// <param name="most">How many pictures may be painted together.</param>
/// <param name="cancellation">Its client went away or its time is up; the others go on.</param>
public sealed class ImageShare(ImageJob job, int most, CancellationToken cancellation)
    : SharedWork((job.Model, job.Width, job.Height, job.Steps, job.Guidance > 1, job.Given?.Strength, job.Given?.Mask is null), most)
{
    private readonly TaskCompletionSource<GeneratedImage> _made = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A checked job.</summary>
    public ImageJob Job => job;

    /// <summary>Its client went away or its time is up.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>The picture, or why there is none.</summary>
    public Task<GeneratedImage> Made => _made.Task;

    internal Action? Begin { get; init; }

    /// <summary>Hands the picture over; without effect once it has ended.</summary>
    /// <param name="image">The picture.</param>
    public void Complete(GeneratedImage image) => _made.TrySetResult(image);

    /// <summary>Ends without a picture; without effect once it has ended.</summary>
    /// <param name="error">Why.</param>
    public void Fail(Exception error) => _made.TrySetException(error);
}
