namespace Niche.GpuEndpoint.Queueing;

/// <summary>A lane per kind of work, so that a short text never waits behind a row of pictures.</summary>
public sealed class WorkLanes(EndpointOptions options, TimeProvider time) : IDisposable
{
    /// <summary>Pictures.</summary>
    public WorkLane Images { get; } = new(options.Queue, time);

    /// <summary>Texts.</summary>
    public WorkLane Texts { get; } = new(options.Queue, time);

    /// <summary>Features.</summary>
    public WorkLane Features { get; } = new(options.Queue, time);

    /// <inheritdoc/>
    public void Dispose()
    {
        Images.Dispose();
        Texts.Dispose();
        Features.Dispose();
    }
}
