using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Keys;
using Niche.Subnet.Policy;
using Niche.Subnet.Scoring;
using Niche.Subnet.Weights;
using Niche.Validator.Configuration;
using Niche.Validator.Judging;
using Niche.Validator.Network;

namespace Niche.Validator.Weights;

/// <summary>
/// Turns scores into weights and brings them on chain as the subnet's rules ask, unless the guard finds the vector too thin or too strange: then
/// the last one stays. Reveals what it committed before.
/// </summary>
public sealed class WeightSetter(
    ISubtensor chain, MetagraphStore metagraphs, StandingStore standings, WeightStore weights, WeightDoubts doubts, SubnetPolicy policy,
    PolicyDigest digest, Keypair hotkey, IOptions<ValidatorOptions> options, TimeProvider time, ILogger<WeightSetter> log)
{
    /// <summary>One attempt. What the chain refuses is kept with its reason and tried again at the next tick.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await RevealAsync(ct).ConfigureAwait(false);
            if (await metagraphs.GetAsync(ct).ConfigureAwait(false) is not { } metagraph) return;
            WeightReceipt? last = await weights.GetLastSetAsync(ct).ConfigureAwait(false);
            SubnetHyperparameters rules = await chain.GetHyperparametersAsync(options.Value.Netuid, ct).ConfigureAwait(false);
            ulong block = await chain.GetBlockAsync(ct).ConfigureAwait(false);
            if (last is not null && block < last.Block + rules.WeightsRateLimit) return;
            WeightVector vector = await ComputeAsync(metagraph, ct).ConfigureAwait(false);
            WeightCheck check = WeightGuard.Check(last is null ? null : new WeightVector(last.Entries, 0), vector, policy.Weights);
            IReadOnlyList<string> reasons = await doubts.AboutAsync(vector, check, last is null, ct).ConfigureAwait(false);
            WeightsResult? result = reasons.Count == 0 ? await SetAsync(vector, rules, ct).ConfigureAwait(false) : null;
            if (result is { Success: false }) reasons = [result.Error ?? "unknown"];
            WeightReceipt receipt = new(options.Value.Netuid, hotkey.Address, block, policy.Version, digest.Value, time.GetUtcNow(),
                vector.Entries, check.Change, reasons.Count == 0, reasons) { Sent = result is null ? null : SentOf(result) };
            await weights.AddAsync(receipt, ct).ConfigureAwait(false);
            log.LogInformation("Weights at block {Block}: {Decision}. {Detail}", block,
                reasons.Count == 0 ? Describe(receipt.Sent!) : "kept, " + string.Join(", ", reasons), result?.Extrinsic.Detail);
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

    // Rules of the subnet that the vector can be fitted to are; the rest the chain's client checks before it sends.
    private Task<WeightsResult> SetAsync(WeightVector vector, SubnetHyperparameters rules, CancellationToken ct)
    {
        (IReadOnlyList<ushort> uids, IReadOnlyList<ushort> values) = WeightNormaliser.Normalise(vector.Uids, vector.Weights, rules.MaxWeightsLimit);
        return chain.SetWeightsAsync(options.Value.Netuid, uids, values, Math.Max((ulong)policy.Version, rules.WeightsVersionKey), hotkey, ct);
    }

    private async Task RevealAsync(CancellationToken ct)
    {
        foreach (WeightsResult result in await chain.RevealWeightsAsync(options.Value.Netuid, hotkey, ct).ConfigureAwait(false))
        {
            RevealReceipt receipt = new(options.Value.Netuid, hotkey.Address, time.GetUtcNow(), SentOf(result), result.Error);
            await weights.AddAsync(receipt, ct).ConfigureAwait(false);
            if (result.Success) log.LogInformation("Weights {Step}.", Describe(receipt.Sent));
            else log.LogWarning("Committed weights were not revealed: {Reason}. {Detail}", result.Error, result.Extrinsic.Detail);
        }
    }

    private static WeightSent SentOf(WeightsResult result) => new(
        result.Step.ToString().ToLowerInvariant(), result.Call, result.Extrinsic.Hash, result.Extrinsic.Block, result.RevealRound, result.RevealBlock);

    private static string Describe(WeightSent sent) => string.Create(CultureInfo.InvariantCulture,
        $"{sent.Step} by {sent.Call} in block {sent.Block}{(sent.RevealBlock is { } from ? $", revealed from block {from}" : "")}");
}
