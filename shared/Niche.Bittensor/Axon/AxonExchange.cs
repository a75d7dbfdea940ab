using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>What is known of one request while it passes through the axon.</summary>
internal sealed class AxonExchange(Keypair hotkey, TimeProvider time, string axonUuid, int version)
{
    private readonly long _started = time.GetTimestamp();

    public Keypair Hotkey { get; } = hotkey;

    public TimeProvider Time { get; } = time;

    public string AxonUuid { get; } = axonUuid;

    public int Version { get; } = version;

    /// <summary>As received; at default until they could be read.</summary>
    public SynapseHeaders Headers { get; set; } = new();

    /// <summary>Set once the signature is verified.</summary>
    public AxonCaller? Caller { get; set; }

    public double ElapsedSeconds => Time.GetElapsedTime(_started).TotalSeconds;
}
