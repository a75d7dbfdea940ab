using System.Collections.Concurrent;
using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Submission;

/// <summary>
/// Signs, submits and follows calls. A call is signed anew only when the extrinsic before can not get into a block any more: a node refused it and no
/// other can hold it, or its runtime is gone. While its fate is unknown it is looked for, never repeated.
/// </summary>
internal sealed class ExtrinsicSender(RpcClient rpc, ExtrinsicSigner signer, InclusionWatch watch, TimeProvider time) : IDisposable
{
    private const int MaxSignings = 4;

    private readonly ConcurrentDictionary<string, NonceLane> _lanes = new(StringComparer.Ordinal);

    public async Task<ExtrinsicResult> SubmitAsync(CallDraft draft, Keypair key, SubmitOptions how, CancellationToken ct)
    {
        try
        {
            ExtrinsicResult? refused = null;
            for (var signing = 0; signing < MaxSignings; signing++)
            {
                var attempt = await SendAsync(draft, key, how.TipRao, ct);
                refused = attempt.Refused;
                if (attempt.Sent is not { } sent)
                {
                    if (attempt.MaySignAgain) continue;
                    break;
                }

                if (how.WaitFor == SubmitWait.None) return Taken(sent);
                var ended = await watch.WaitAsync(sent, key.Address, how.WaitFor, ct);
                if (ended?.Block is null) _lanes[key.Address].Forget(); // Its nonce is free again, or used by who knows whom.
                if (ended is not null) return ended;
            }

            return refused ?? NotSent($"The runtime changed each time before the call got into a block; it was signed {MaxSignings} times.");
        }
        catch (Exception fault) when (fault is SubtensorException or MetadataNameException or ExtrinsicException or ScaleFormatException)
        {
            return NotSent(fault.Message);
        }
    }

    public void Dispose()
    {
        foreach (var lane in _lanes.Values) lane.Dispose();
    }

    private async Task<Attempt> SendAsync(CallDraft draft, Keypair key, ulong tip, CancellationToken ct)
    {
        var lane = _lanes.GetOrAdd(key.Address, _ => new NonceLane(time));
        await lane.EnterAsync(ct);
        try
        {
            var nonce = lane.Next(await signer.NextNonceAsync(key.Address, ct));
            var prepared = await signer.SignAsync(draft, nonce, tip, key, ct);
            try
            {
                await HandOverAsync(prepared, ct);
                lane.Used(nonce);
                return new Attempt(prepared, null, false);
            }
            catch (SubtensorException fault) when (fault.Error == SubtensorError.Refused)
            {
                return await RefusedAsync(prepared, PoolRefusal.Read(fault), fault.MayHaveArrived, lane, ct);
            }
            catch (SubtensorException fault)
            {
                return fault.MayHaveArrived ? new Attempt(prepared, null, false) : new Attempt(null, NotSent(fault.Message), false);
            }
        }
        finally
        {
            lane.Leave();
        }
    }

    // The same bytes may go to several nodes: they are one extrinsic, whoever holds them.
    private Task<bool> HandOverAsync(PreparedExtrinsic prepared, CancellationToken ct)
    {
        var hash = RpcAnswer.Hex(prepared.Extrinsic.Hash.Span);
        return rpc.CallAsync(
            "author_submitExtrinsic",
            [RpcAnswer.Hex(prepared.Extrinsic.Bytes.Span)],
            answer => RpcAnswer.Hash(answer) == hash ? true : throw new FormatException("another hash than that of the extrinsic"),
            ct);
    }

    private async Task<Attempt> RefusedAsync(PreparedExtrinsic prepared, PoolRefusal refusal, bool mayHaveArrived, NonceLane lane, CancellationToken ct)
    {
        if (refusal.IsKnown || refusal.IsNonceUsed) lane.Used(prepared.Terms.Nonce);
        if (refusal.IsNonceEarly) lane.Forget();

        // A used nonce after an attempt without an answer: it may be this very extrinsic that used it. Every other verdict is the same at every node.
        if (refusal.IsKnown || (refusal.IsNonceUsed && mayHaveArrived)) return new Attempt(prepared, null, false);
        var again = refusal.IsNonceUsed || refusal.IsNonceEarly || (refusal.IsBadProof && await signer.IsOutdatedAsync(prepared, ct));
        return new Attempt(null, new ExtrinsicResult(false, null, null, refusal.Name) { Detail = refusal.Detail }, again);
    }

    private static ExtrinsicResult Taken(PreparedExtrinsic sent) =>
        new(true, RpcAnswer.Hex(sent.Extrinsic.Hash.Span), null, null) { Outcome = ExtrinsicOutcome.Submitted };

    private static ExtrinsicResult NotSent(string why) => new(false, null, null, why) { Outcome = ExtrinsicOutcome.NotSent };

    /// <summary>One signing: sent (or perhaps sent), or refused, and then perhaps to be signed again.</summary>
    private sealed record Attempt(PreparedExtrinsic? Sent, ExtrinsicResult? Refused, bool MaySignAgain);
}
