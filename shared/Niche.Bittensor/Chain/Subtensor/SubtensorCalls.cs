using System.Net;
using Niche.Bittensor.Chain.State;
using Niche.Bittensor.Chain.Submission;

namespace Niche.Bittensor.Chain.Subtensor;

/// <summary>The calls of miners and validators, to submit or to look at.</summary>
public static class SubtensorCalls
{
    private const string Pallet = "SubtensorModule";
    private const byte AxonProtocol = 4; // What the Python SDK announces.

    /// <summary>A hotkey's weights, by the newer call where the runtime has it.</summary>
    public static CallDraft SetWeights(ushort netuid, IReadOnlyList<ushort> uids, IReadOnlyList<ushort> values, ulong versionKey) =>
        CallDraft.Of(Pallet, "set_mechanism_weights", ("netuid", netuid), ("mecid", 0), ("dests", uids), ("weights", values), ("version_key", versionKey)) with
        {
            Otherwise = CallDraft.Of(Pallet, "set_weights", ("netuid", netuid), ("dests", uids), ("weights", values), ("version_key", versionKey)),
        };

    /// <summary>Where a hotkey's axon listens.</summary>
    /// <exception cref="FormatException">Its ip is no IP address.</exception>
    public static CallDraft ServeAxon(ushort netuid, AxonEndpoint axon, uint version)
    {
        ArgumentNullException.ThrowIfNull(axon);
        var (ip, kind) = AxonAddress.Write(IPAddress.Parse(axon.Ip));
        return CallDraft.Of(
            Pallet, "serve_axon", ("netuid", netuid), ("version", version), ("ip", ip), ("port", axon.Port), ("ip_type", kind), ("protocol", AxonProtocol),
            ("placeholder1", 0), ("placeholder2", 0));
    }

    /// <summary>Registration of a hotkey, paid and signed by the coldkey.</summary>
    public static CallDraft BurnedRegister(ushort netuid, string hotkey) => CallDraft.Of(Pallet, "burned_register", ("netuid", netuid), ("hotkey", hotkey));

    /// <summary>TAO of the signing coldkey staked to a hotkey.</summary>
    public static CallDraft AddStake(string hotkey, ushort netuid, ulong rao) =>
        CallDraft.Of(Pallet, "add_stake", ("hotkey", hotkey), ("netuid", netuid), ("amount_staked", rao));

    /// <summary>TAO sent without ending the sender's account.</summary>
    public static CallDraft TransferKeepAlive(string destination, ulong rao) => CallDraft.Of("Balances", "transfer_keep_alive", ("dest", destination), ("value", rao));
}
