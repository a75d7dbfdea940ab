using Niche.Inference.Providers;

namespace Niche.Inference.Models;

/// <summary>How graphs run on this machine.</summary>
/// <param name="Threads">Threads inside one operator; 0 takes half of the logical processors (the physical cores, usually), at least
/// one.</param>
/// <param name="BlockedLayout">Lets ONNX Runtime lay weights out for this processor: about 5 % faster for the demo models, but 24 MB more,
/// and
/// pictures differ more between machines.</param>
public sealed record SessionSettings(int Threads = 0, bool BlockedLayout = false)
{
    /// <summary>What computes; chosen with <see cref="ProviderChooser"/>.</summary>
    public ProviderSettings Provider { get; init; } = new();

    /// <summary>Lets the processor play a device.</summary>
    internal DeviceStandIn StandIn { get; init; }

    /// <summary>Threads after the default has been filled in.</summary>
    public int EffectiveThreads => Threads > 0 ? Threads : Math.Max(1, Environment.ProcessorCount / 2);
}
