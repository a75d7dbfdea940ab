using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Policy;
using Niche.Subnet.Rounds;
using Niche.Subnet.Verification;
using Niche.Validator.Configuration;
using Niche.Validator.Judging;
using Niche.Validator.Network;

namespace Niche.Validator.Synthetic;

/// <summary>Plans a round and lays its requests on the queue, each hidden until it is due. Planning a round twice gives the same requests.</summary>
public sealed class RoundStarter(
    MinerStore miners, StandingStore standings, RoundStore rounds, IQueueStore queues, SubnetPolicy policy, RoundSecret secret, RoundLength length,
    IOptions<ValidatorOptions> options, TimeProvider time, ILogger<RoundStarter> log)
{
    /// <summary>Starts the round of this moment, unless it is running already.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        RoundId id = RoundId.At(options.Value.Netuid, now, length.Value);
        List<RoundItem> items = await PlanAsync(id, ct).ConfigureAwait(false);
        if (items.Count == 0)
        {
            log.LogInformation("Round {Round}: no miner is online.", id.Index);
            return;
        }

        DateTimeOffset end = id.Start(length.Value) + length.Value;
        if (!await rounds.BeginAsync(new RoundState(id.Index, now, end, items.Count, 0, false), ct).ConfigureAwait(false)) return;
        double left = (end - now) / length.Value; // A round that begins late is squeezed, not dropped.
        foreach (RoundItem item in items)
        {
            string body = JsonSerializer.Serialize(new SyntheticMessage(id, item), JsonSerializerOptions.Web);
            await queues.PutAsync(WorkNames.SyntheticJobs, body, item.DueIn * left, length.Value * 2, ct).ConfigureAwait(false);
        }

        await BookAbsentAsync(id, ct).ConfigureAwait(false);
        await rounds.CompleteAsync(id, ct).ConfigureAwait(false);
        log.LogInformation("Round {Round}: {Count} requests planned.", id.Index, items.Count);
    }

    // Whoever cannot be asked fails this round's scored request; else a dead miner would live on its last scores.
    private async Task BookAbsentAsync(RoundId id, CancellationToken ct)
    {
        foreach (MinerRecord miner in await miners.ListAsync(ct).ConfigureAwait(false))
        {
            foreach (ModelPolicy model in miner.Online ? [] : policy.Models.Where(model => miner.Models.Contains(model.Name)))
            {
                Answered absent = new($"absent-{id}-{model.Name}", "synthetic", new { }, Verdict.Of(VerdictOutcome.Unreachable, ReasonCodes.Unreachable), TimeSpan.Zero, true);
                await standings.BookAsync(miner, model, absent, ct).ConfigureAwait(false);
            }
        }
    }

    private async Task<List<RoundItem>> PlanAsync(RoundId id, CancellationToken ct)
    {
        IReadOnlyList<MinerRecord> known = await miners.ListAsync(ct).ConfigureAwait(false);
        List<RoundItem> items = [];
        foreach (ModelPolicy model in policy.Models)
        {
            PlannedMiner[] planned = [.. known.Where(miner => miner.Serves(model.Name))
                .Select(miner => new PlannedMiner(miner.Uid, miner.Hotkey, model.Name, miner.Share / miner.Models.Count))];
            items.AddRange(RoundPlanner.Plan(id, planned, length.Value, secret.For(model.Name), policy.Capacity.SyntheticPart, options.Value.MaxSyntheticPerMiner).Items);
        }

        return items;
    }
}
