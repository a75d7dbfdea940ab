namespace Niche.GpuEndpoint.Queueing;

/// <summary>A lane per kind of work, so that a short text never waits behind a row of pictures.</summary>
public sealed class WorkLanes(EndpointOptions options, TimeProvider time)
{
    private volatile bool _draining;

    /// <summary>Pictures.</summary>
    public WorkLane Images { get; } = new(options.Queue, time);

    /// <summary>Texts.</summary>
    public WorkLane Texts { get; } = new(options.Queue, time, options.TextBatch);

    /// <summary>Features.</summary>
    public WorkLane Features { get; } = new(options.Queue, time);

    /// <summary>Whether the endpoint takes no new work any more.</summary>
    public bool Draining => _draining;

    /// <summary>Refuses new work in every lane; the task ends when all are empty.</summary>
    public Task DrainAsync()
    {
        _draining = true;
        return Task.WhenAll(Images.DrainAsync(), Texts.DrainAsync(), Features.DrainAsync());
    }
}
