using System.Text.Json;
using Niche.Bittensor.Synapses;

namespace Niche.Subnet.Synapses;

/// <summary>Asks a miner what it serves. Names and defaults are the reference's.</summary>
public sealed record Information : Synapse
{
    /// <summary>Object, unused.</summary>
    public JsonElement RequestDict { get; init; } = JsonObjects.Empty;

    /// <summary>Answer, see <see cref="MinerInformation"/>.</summary>
    public JsonElement ResponseDict { get; init; } = JsonObjects.Empty;
}
