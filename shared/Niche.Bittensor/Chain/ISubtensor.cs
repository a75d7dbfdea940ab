using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Chain;

/// <summary>
/// What a miner or validator asks of the chain. Reads throw <see cref="SubtensorException"/> when the chain can not be reached or its
/// answer can not be read; writes report a refusal as data in <see cref="ExtrinsicResult"/>.
/// </summary>
public interface ISubtensor
{
    /// <summary>The number of the newest block.</summary>
    Task<ulong> GetBlockAsync(CancellationToken ct);

    /// <summary>All neurons of a subnet at the newest block.</summary>
    Task<Metagraph> GetMetagraphAsync(ushort netuid, CancellationToken ct);

    /// <summary>The subnet's rules.</summary>
    Task<SubnetHyperparameters> GetHyperparametersAsync(ushort netuid, CancellationToken ct);

    /// <summary>
    /// Brings the hotkey's weight vector on chain as the subnet's rules ask: openly, or committed. <paramref name="values"/> are any positive
    /// u16 ratios, see <see cref="WeightNormaliser"/>.
    /// </summary>
    Task<WeightsResult> SetWeightsAsync(
        ushort netuid, IReadOnlyList<ushort> uids, IReadOnlyList<ushort> values, ulong versionKey, Keypair hotkey, CancellationToken ct);

    /// <summary>
    /// Reveals those hashed commits of the hotkey that are due, and gives up those that are too late; to be called a few times per epoch. What
    /// happened, one by one; empty when nothing did.
    /// </summary>
    Task<IReadOnlyList<WeightsResult>> RevealWeightsAsync(ushort netuid, Keypair hotkey, CancellationToken ct);

    /// <summary>Publishes where the hotkey's axon listens.</summary>
    Task<ExtrinsicResult> ServeAxonAsync(ushort netuid, AxonEndpoint axon, Keypair hotkey, CancellationToken ct);
}
