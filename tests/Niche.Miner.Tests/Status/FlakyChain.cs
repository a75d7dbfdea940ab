using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Keys;

namespace Niche.Miner.Tests.Status;

/// <summary>A chain that fails a number of times, then refuses once, then takes the axon.</summary>
internal sealed class FlakyChain(int failures) : ISubtensor
{
    private readonly TaskCompletionSource<AxonEndpoint> _served = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = failures;

    public Task<AxonEndpoint> Served => _served.Task;

    public Task<ulong> GetBlockAsync(CancellationToken ct) => Task.FromResult(1UL);

    public Task<Metagraph> GetMetagraphAsync(ushort netuid, CancellationToken ct) => Interlocked.Decrement(ref _left) >= 0
        ? throw new SubtensorException("not yet")
        : Task.FromResult(new Metagraph(netuid, 1, []));

    public Task<SubnetHyperparameters> GetHyperparametersAsync(ushort netuid, CancellationToken ct) => throw new SubtensorException("not asked");

    public Task<WeightsResult> SetWeightsAsync(
        ushort netuid, IReadOnlyList<ushort> uids, IReadOnlyList<ushort> values, ulong versionKey, Keypair hotkey, CancellationToken ct) =>
        throw new SubtensorException("not asked");

    public Task<IReadOnlyList<WeightsResult>> RevealWeightsAsync(ushort netuid, Keypair hotkey, CancellationToken ct) =>
        throw new SubtensorException("not asked");

    public Task<ExtrinsicResult> ServeAxonAsync(ushort netuid, AxonEndpoint axon, Keypair hotkey, CancellationToken ct)
    {
        if (Interlocked.Decrement(ref _left) == -2) return Task.FromResult(new ExtrinsicResult(false, null, null, "ServingRateLimitExceeded"));
        _served.TrySetResult(axon);
        return Task.FromResult(new ExtrinsicResult(true, "0x00", 1, null));
    }
}
