using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Weights;
using Niche.Cli.Chain;

namespace Niche.Cli.Weights;

/// <summary>What a ledger would be sent, and what its rules say against it. A ledger takes calls as JSON, so there is nothing to encode.</summary>
internal static class LedgerPlan
{
    private const double RaoPerTao = 1e9;

    /// <summary>Why the ledger would refuse the weights; empty when it would not.</summary>
    public static async Task<IReadOnlyList<WeightObjection>> ObjectionsAsync(
        ChainAccess access, WeightRequest request, string hotkey, TimeProvider time, CancellationToken ct)
    {
        var metagraph = await access.Chain.GetMetagraphAsync(request.Netuid, ct);
        var neuron = metagraph.FindByHotkey(hotkey);
        return WeightPreflight.Check(request, new WeightTerms
        {
            Block = metagraph.Block,
            Time = time.GetUtcNow(),
            Rules = await access.Chain.GetHyperparametersAsync(request.Netuid, ct),
            Neurons = (ushort)metagraph.Neurons.Count,
            Uid = neuron?.Uid,
            Permit = neuron?.ValidatorPermit ?? false,
            LastUpdate = neuron?.LastUpdate ?? 0,
            Stake = (UInt128)((neuron?.Stake ?? 0) * RaoPerTao),
            Epochs = null,
        });
    }
}
