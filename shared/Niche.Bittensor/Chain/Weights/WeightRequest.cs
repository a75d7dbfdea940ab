using System.Text.Json.Serialization;

namespace Niche.Bittensor.Chain.Weights;

/// <summary>A weight vector to bring on chain.</summary>
/// <param name="Netuid">The subnet.</param>
/// <param name="Uids">Whom it weighs.</param>
/// <param name="Values">One u16 per uid; the chain scales them so that the largest is 65535.</param>
/// <param name="VersionKey">The validator's own version key; the subnet's is sent where that is larger.</param>
/// <param name="Mechanism">The subnet's mechanism; most have only 0.</param>
public sealed record WeightRequest(ushort Netuid, IReadOnlyList<ushort> Uids, IReadOnlyList<ushort> Values, ulong VersionKey, byte Mechanism = 0)
{
    private const int SubnetsPerMechanism = 4096;

    /// <summary>The number under which the chain keeps the weights of this subnet's mechanism.</summary>
    [JsonIgnore]
    public ushort StorageIndex => IndexOf(Netuid, Mechanism);

    /// <summary>netuid + 4096 · mechanism.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The chain can not keep such a subnet or mechanism.</exception>
    public static ushort IndexOf(ushort netuid, byte mechanism)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(netuid, SubnetsPerMechanism);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(mechanism, 65536 / SubnetsPerMechanism);
        return (ushort)(netuid + (SubnetsPerMechanism * mechanism));
    }
}
