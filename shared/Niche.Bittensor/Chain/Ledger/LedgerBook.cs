using System.Collections.Immutable;

namespace Niche.Bittensor.Chain.Ledger;

/// <summary>Everything the ledger knows, as one immutable value; also the shape of its file.</summary>
internal sealed record LedgerBook(
    DateTimeOffset Genesis,
    TimeSpan BlockTime,
    ImmutableSortedDictionary<ushort, LedgerSubnet> Subnets,
    ImmutableSortedDictionary<string, long> Nonces)
{
    public ulong BlockAt(DateTimeOffset now) => now <= Genesis ? 0 : (ulong)((now - Genesis) / BlockTime);
}

internal sealed record LedgerSubnet(SubnetHyperparameters Rules, ImmutableList<LedgerNeuron> Neurons)
{
    public LedgerNeuron? Find(string hotkey) => Neurons.Find(neuron => neuron.Hotkey == hotkey);

    public LedgerSubnet With(LedgerNeuron neuron) => this with { Neurons = Neurons.SetItem(neuron.Uid, neuron) };
}

internal sealed record LedgerNeuron(
    ushort Uid,
    string Hotkey,
    string Coldkey,
    double Stake,
    bool ValidatorPermit,
    ulong RegisteredAtBlock,
    ulong LastUpdate,
    AxonEndpoint? Axon,
    ulong AxonBlock,
    LedgerWeights? Weights)
{
    /// <summary>Unrevealed commits, the oldest first.</summary>
    public ImmutableList<LedgerCommit> Commits { get; init; } = [];
}

internal sealed record LedgerCommit(string Hash, ulong Block);
