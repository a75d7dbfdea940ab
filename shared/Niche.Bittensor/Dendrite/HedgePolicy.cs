namespace Niche.Bittensor.Dendrite;

/// <summary>When another axon is asked the same, because the first one takes long.</summary>
public sealed record HedgePolicy
{
    /// <summary>Time after which the next axon is asked, as long as too little is known of how long answers take (fewer than 20).</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The part of the recent good answers to this synapse (the last 128) within whose time the next axon is not yet asked; null for always <see cref="Delay"/>.
    /// </summary>
    public double? Percentile { get; init; } = 0.95;

    /// <summary>Axons asked at most.</summary>
    public int MaxCalls { get; init; } = 2;
}
