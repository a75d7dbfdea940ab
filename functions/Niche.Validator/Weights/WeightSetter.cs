using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Keys;
using Niche.Subnet.Policy;
using Niche.Subnet.Scoring;
using Niche.Subnet.Weights;
using Niche.Validator.Configuration;
using Niche.Validator.Judging;
using Niche.Validator.Network;

namespace Niche.Validator.Weights;

/// <summary>Turns scores into weights and sets them, unless the guard finds the vector too thin or too strange: then the last one stays.</summary>
public sealed class WeightSetter(
    ISubtensor chain, MetagraphStore metagraphs, StandingStore standings, WeightStore weights, WeightDoubts doubts, SubnetPolicy policy, PolicyDigest digest, Keypair hotkey,
    IOptions<ValidatorOptions> options, TimeProvider time, ILogger<WeightSetter> log)
{
    /// <summary>One attempt. What the chain refuses is kept with its reason and tried again at the next tick.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (await metagraphs.GetAsync(ct).ConfigureAwait(false) is not { } metagraph) return;
        WeightReceipt? last = await weights.GetLastSetAsync(ct).ConfigureAwait(false);
        try
        {
            SubnetHyperparameters rules = await chain.GetHyperparametersAsync(options.Value.Netuid, ct).ConfigureAwait(false);
            ulong block = await chain.GetBlockAsync(ct).ConfigureAwait(false);
            if (last is not null && block < last.Block + rules.WeightsRateLimit) return;
            WeightVector vector = await ComputeAsync(metagraph, ct).ConfigureAwait(false);
            WeightCheck check = WeightGuard.Check(last is null ? null : new WeightVector(last.Entries, 0), vector, policy.Weights);
            IReadOnlyList<string> reasons = await doubts.AboutAsync(vector, check, last is null, ct).ConfigureAwait(false);
            if (reasons.Count == 0 && await SetAsync(vector, rules, ct).ConfigureAwait(false) is { } refusal) reasons = [refusal];
            await weights.AddAsync(new WeightReceipt(options.Value.Netuid, hotkey.Address, block, policy.Version, digest.Value, time.GetUtcNow(),
                vector.Entries, check.Change, reasons.Count == 0, reasons), ct).ConfigureAwait(false);
            log.LogInformation("Weights at block {Block}: {Decision}.", block, reasons.Count == 0 ? "set" : "kept, " + string.Join(", ", reasons));
        }
        catch (SubtensorException e)
        {
            log.LogWarning("The chain does not answer, the weights stay as they are: {Reason}", e.Message);
        }
    }

    /// <summary>The vector that the scores give now; nothing is set.</summary>
    public async Task<WeightVector> ComputeAsync(Metagraph metagraph, CancellationToken ct)
    {
        List<MinerScore> scores = [];
        foreach (ModelPolicy model in policy.Models)
            scores.AddRange((await standings.ListAsync(model.Name, ct).ConfigureAwait(false)).Select(standing => standing.Score));
        return WeightCalculator.Compute(ScoreBook.From(scores), policy, time.GetUtcNow(), metagraph);
    }

    private async Task<string?> SetAsync(WeightVector vector, SubnetHyperparameters rules, CancellationToken ct)
    {
        (IReadOnlyList<ushort> uids, IReadOnlyList<ushort> values) = WeightNormaliser.Normalise(vector.Uids, vector.Weights);
        ExtrinsicResult result = await chain
            .SetWeightsAsync(options.Value.Netuid, uids, values, Math.Max((ulong)policy.Version, rules.WeightsVersionKey), hotkey, ct).ConfigureAwait(false);
        return result.Success ? null : result.Error ?? "unknown";
    }
}
