namespace Niche.Miner.Work;

/// <summary>A checked request for work.</summary>
/// <param name="Timeout">Time for the work, waiting not included.</param>
public abstract record WorkOrder(TimeSpan Timeout)
{
    /// <summary>The type's name only: prompts and pictures do not belong in logs.</summary>
    public sealed override string ToString() => GetType().Name;
}
