using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Queueing;

/// <summary>A lane per kind of work, so that a short text never waits behind a row of pictures.</summary>
public sealed class WorkLanes(EndpointOptions options, TimeProvider time)
{
    private volatile bool _draining;

    /// <summary>Pictures.</summary>
    public WorkLane Images { get; } = new(options.Queue, time);

    /// <summary>Texts.</summary>
    public WorkLane Texts { get; } = new(options.Queue, time, options.TextBatch);

    /// <summary>Texts that other servers make: many at a time, for those have queues of their own.</summary>
    public WorkLane Passed { get; } = new(options.Queue, time, options.Passed);

    /// <summary>Features.</summary>
    public WorkLane Features { get; } = new(options.Queue, time);

    /// <summary>Whether the endpoint takes no new work any more.</summary>
    public bool Draining => _draining;

    /// <summary>The lane of a text model.</summary>
    /// <param name="folder">The model.</param>
    public WorkLane OfTexts(ModelFolder folder) => folder.Manifest.PassThrough is null ? Texts : Passed;

    /// <summary>Refuses new work in every lane; the task ends when all are empty.</summary>
    public Task DrainAsync()
    {
        _draining = true;
        return Task.WhenAll(Images.DrainAsync(), Texts.DrainAsync(), Passed.DrainAsync(), Features.DrainAsync());
    }
}
