namespace Niche.Bittensor.Dendrite;

/// <summary>How a dendrite introduces and protects itself.</summary>
public sealed record DendriteOptions
{
    /// <summary>Largest accepted answer in bytes; 16 MiB unless told.</summary>
    public long MaxResponseBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Calls in flight at once when many axons are called.</summary>
    public int MaxConcurrentCalls { get; init; } = 64;

    /// <summary>The address this dendrite says it has; informational, never trusted by an axon.</summary>
    public string ExternalIp { get; init; } = "127.0.0.1";

    /// <summary>SDK version announced to axons. Stock axons want at least 7002000 for their nonce rules.</summary>
    public int Version { get; init; } = 10_002_000;

    /// <summary>Adds the headers that bind path and whole body to the hotkey's signature; stock axons ignore them.</summary>
    public bool BindBody { get; init; } = true;
}
