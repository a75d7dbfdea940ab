namespace Niche.GpuEndpoint.Queueing;

/// <summary>Work that can be done together with other work of an equal kind.</summary>
/// <param name="kind">What has to be equal.</param>
/// <param name="most">How many may be done together.</param>
public abstract class SharedWork(object kind, int most)
{
    /// <summary>What has to be equal.</summary>
    public object Kind => kind;

    /// <summary>How many may be done together.</summary>
    public int Most => most;
}
