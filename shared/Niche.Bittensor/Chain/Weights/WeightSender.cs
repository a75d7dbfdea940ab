using Niche.Bittensor.Chain.State;
using Niche.Bittensor.Chain.Submission;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Chain.Weights;

/// <summary>
/// Brings weights on chain from beginning to end: reads the terms, plans, keeps the salt, sends; and reveals hashed commits in their epoch.
/// </summary>
/// <param name="state">The chain at its newest block.</param>
/// <param name="submit">Signs, submits and follows a call.</param>
/// <param name="preferred">The way of committing.</param>
/// <param name="commits">Keeps hashed commits; null allows none.</param>
internal sealed class WeightSender(
    Func<CancellationToken, Task<ChainState>> state, Func<CallDraft, Keypair, CancellationToken, Task<ExtrinsicResult>> submit,
    WeightMethod preferred, IWeightCommitStore? commits)
{
    /// <summary>What would be sent.</summary>
    /// <exception cref="SubtensorException">The chain could not be read, or has no call for it.</exception>
    public async Task<WeightPlan> PlanAsync(WeightRequest request, ReadOnlyMemory<byte> publicKey, CancellationToken ct)
    {
        var now = await state(ct);
        var terms = await WeightTermsReader.ReadAsync(now, request.Netuid, request.Mechanism, publicKey, ct);
        return WeightPlanner.Plan(now.Runtime.Metadata, terms, request, publicKey.Span, preferred, canHash: commits is not null);
    }

    /// <summary>Sends what is planned, unless the chain is sure to refuse it.</summary>
    public async Task<WeightsResult> SendAsync(WeightRequest request, Keypair hotkey, CancellationToken ct)
    {
        WeightPlan plan;
        try
        {
            plan = await PlanAsync(request, hotkey.PublicKey.ToArray(), ct);
        }
        catch (SubtensorException fault)
        {
            return WeightsResult.Kept(fault.Message, null, ExtrinsicOutcome.NotSent);
        }

        if (plan.Objections.FirstOrDefault(objection => objection.IsCertain) is { } refusal)
            return WeightsResult.Kept(refusal.Code, refusal.Words, ExtrinsicOutcome.Refused);
        if (plan.Commit is { } commit) await commits!.AddAsync(commit, ct);
        var result = await submit(new CallDraft(plan.Call.Pallet, plan.Call.Name, plan.Arguments), hotkey, ct);

        // What may still get into a block stays: the chain tells later whether it did.
        if (plan.Commit is { } lost && result.Outcome is ExtrinsicOutcome.Failed or ExtrinsicOutcome.Refused or ExtrinsicOutcome.NotSent)
            await commits!.RemoveAsync(lost, ct);
        var step = plan.Choice.Call.Method switch
        {
            WeightMethod.Set => WeightStep.Set,
            WeightMethod.Timelock => WeightStep.Timelocked,
            _ => WeightStep.Committed,
        };
        return new(step, plan.Call.Name, result, plan.RevealRound, plan.RevealBlock);
    }

    /// <summary>Reveals what is due, and forgets what is over. Only what happened is reported.</summary>
    /// <exception cref="SubtensorException">The chain could not be read.</exception>
    public async Task<IReadOnlyList<WeightsResult>> RevealAsync(ushort netuid, Keypair hotkey, CancellationToken ct)
    {
        if (commits is null || await commits.ListAsync(hotkey.Address, netuid, ct) is not { Count: > 0 } kept) return [];
        var now = await state(ct);
        var stored = await EpochStorageReader.ReadAsync(now, netuid, ct);
        return await new CommitReveals(commits, LookAsync, RevealAsync).RunAsync(kept, ct);

        async Task<(RevealSchedule, IReadOnlyList<ChainCommit>)?> LookAsync(ushort index, CancellationToken ct) =>
            WeightTermsReader.Schedule(stored, index) is { } epochs
                ? (new(epochs, stored.RevealPeriodEpochs, now.Block.Number), await WeightTermsReader.CommitsAsync(now, index, hotkey.Address, ct))
                : null;

        async Task<WeightsResult> RevealAsync(WeightCommit commit, CancellationToken ct)
        {
            var call = WeightPlanner.Reveal(commit);
            return new(WeightStep.Revealed, call.Name, await submit(call, hotkey, ct));
        }
    }
}
