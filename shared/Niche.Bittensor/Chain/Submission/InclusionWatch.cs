using Niche.Bittensor.Chain.Events;
using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Chain.State;

namespace Niche.Bittensor.Chain.Submission;

/// <summary>
/// Follows one extrinsic: walks back from each new head over the blocks not yet seen, so that no block of any fork is missed, until the extrinsic is
/// found or can not get into a block any more. Nodes that fail meanwhile cost time, not the result.
/// </summary>
internal sealed class InclusionWatch(RpcClient rpc, BlockReader blocks, RuntimeCache runtimes, NewHeads heads, TimeSpan timeout, TimeProvider time)
{
    /// <summary>How it ended; null when the runtime changed before it got into a block, so that it never will and may be signed anew.</summary>
    public async Task<ExtrinsicResult?> WaitAsync(PreparedExtrinsic sent, string account, SubmitWait wait, CancellationToken ct)
    {
        var search = new ExtrinsicSearch(blocks, sent);
        var start = time.GetTimestamp();
        SubtensorException? last = null;
        using var watching = heads.Open();
        while (time.GetElapsedTime(start) < timeout)
        {
            var next = heads.Next;
            try
            {
                // In this order: what is final by now is part of the chain that is searched next.
                var final = await blocks.FinalizedAsync(ct);
                if (await search.FindAsync(await blocks.BestAsync(ct), ct) is { } found)
                {
                    if (wait != SubmitWait.Finalization) return await ReadAsync(sent, found, ct);
                    if (found.Block.Ref.Number <= final.Number && (await blocks.AtAsync(found.Block.Ref.Number, ct)).Hash == found.Block.Ref.Hash)
                        return await ReadAsync(sent, found, ct);
                }
                else if (await DeadAsync(sent, account, final, ct) is { } dead)
                {
                    return dead.Outcome == ExtrinsicOutcome.NotSent ? null : dead;
                }
            }
            catch (SubtensorException fault)
            {
                last = fault;
            }

            await heads.WaitAsync(next, ct);
        }

        return Ended(sent, ExtrinsicOutcome.Unknown, $"Not seen in a block within {timeout.TotalMinutes:0.#} minutes; it may get into one before block {sent.Death}.{(last is null ? "" : $" {last.Message}")}");
    }

    // NotSent stands for: of another runtime, as good as never sent.
    private async Task<ExtrinsicResult?> DeadAsync(PreparedExtrinsic sent, string account, BlockRef final, CancellationToken ct)
    {
        if (final.Number + 1 >= sent.Death) return Ended(sent, ExtrinsicOutcome.Expired, $"Expired: not in a block before block {sent.Death}, where its era ends.");
        if (final.Number <= sent.Birth) return null;
        var runtime = await runtimes.AtAsync(final.Hash, ct);
        var nonce = await new ChainState(rpc, final, runtime).GetManyAsync([new("System", "Account", account)], values => values[0]!["nonce"].U32(), ct);
        if (nonce > sent.Terms.Nonce) return Ended(sent, ExtrinsicOutcome.Replaced, $"Replaced: another extrinsic of the key used nonce {sent.Terms.Nonce}.");
        return runtime.SpecVersion == sent.Terms.SpecVersion && runtime.TransactionVersion == sent.Terms.TransactionVersion
            ? null
            : Ended(sent, ExtrinsicOutcome.NotSent, "The runtime changed.");
    }

    private async Task<ExtrinsicResult> ReadAsync(PreparedExtrinsic sent, FoundExtrinsic found, CancellationToken ct)
    {
        var block = found.Block.Ref;
        var runtime = await runtimes.AtAsync(found.Block.ParentHash, ct); // The one that ran the block, and wrote the events: an upgrade in it counts from the next.
        var end = await EventsAsync(rpc, runtime, block.Hash, events =>
        {
            var own = events.Where(happened => happened.Extrinsic == found.Index).ToArray();
            var failure = own.Select(happened => DispatchFailure.Of(runtime.Metadata, happened)).LastOrDefault(failed => failed is not null);
            var succeeded = own.Any(happened => happened is { Pallet: "System", Name: "ExtrinsicSuccess" });
            return succeeded != (failure is not null) ? new End(failure) : throw new FormatException("events that do not tell the extrinsic's end");
        }, ct);
        return new ExtrinsicResult(end.Failure is null, RpcAnswer.Hex(sent.Extrinsic.Hash.Span), block.Number, end.Failure?.Name)
        {
            Detail = end.Failure is { Docs.Length: > 0 } ? end.Failure.Docs : null,
        };
    }

    /// <summary>The events of a block, read by the runtime that wrote them.</summary>
    public static Task<T> EventsAsync<T>(RpcClient rpc, ChainRuntime runtime, string blockHash, Func<IReadOnlyList<ChainEvent>, T> read, CancellationToken ct) =>
        rpc.CallAsync(
            "state_getStorage",
            [RpcAnswer.Hex(Storage.StorageKey.For(runtime.Metadata, "System", "Events")), blockHash],
            answer => read(EventReader.Read(runtime.Metadata, RpcAnswer.Bytes(answer) ?? throw new FormatException("no events"))),
            ct);

    private static ExtrinsicResult Ended(PreparedExtrinsic sent, ExtrinsicOutcome outcome, string why) =>
        new(false, RpcAnswer.Hex(sent.Extrinsic.Hash.Span), null, why) { Outcome = outcome };

    private sealed record End(DispatchFailure? Failure);
}
