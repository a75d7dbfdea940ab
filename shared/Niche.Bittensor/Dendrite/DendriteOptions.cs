namespace Niche.Bittensor.Dendrite;

/// <summary>How a dendrite introduces and protects itself.</summary>
public sealed record DendriteOptions
{
    /// <summary>Largest accepted answer in bytes; 16 MiB unless told.</summary>
    public long MaxResponseBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Calls in flight at once when many axons are called; a subnet has at most 256 neurons unless it was made larger.</summary>
    public int MaxConcurrentCalls { get; init; } = 256;

    /// <summary>The address this dendrite says it has; informational, never trusted by an axon.</summary>
    public string ExternalIp { get; init; } = "127.0.0.1";

    /// <summary>SDK version announced to axons. Stock axons want at least 7002000 for their nonce rules.</summary>
    public int Version { get; init; } = 10_002_000;

    /// <summary>
    /// Binds path and whole body to the hotkey's signature: by the field of a <see cref="Synapses.BoundSynapse"/>, else by two headers that stock axons ignore.
    /// </summary>
    public bool BindBody { get; init; } = true;
}
