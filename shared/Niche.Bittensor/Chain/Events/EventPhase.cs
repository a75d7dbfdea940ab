namespace Niche.Bittensor.Chain.Events;

/// <summary>When in its block an event happened.</summary>
public enum EventPhase
{
    /// <summary>Before the extrinsics, in <c>on_initialize</c>: epochs run here.</summary>
    Initialization,

    /// <summary>While an extrinsic was applied.</summary>
    ApplyExtrinsic,

    /// <summary>After the extrinsics.</summary>
    Finalization,
}
