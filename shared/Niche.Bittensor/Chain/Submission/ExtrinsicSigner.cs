using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Chain.State;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Chain.Submission;

/// <summary>Signs calls for the chain as it is now: runtime of the newest block, era from the newest final one.</summary>
internal sealed class ExtrinsicSigner(RpcClient rpc, BlockReader blocks, RuntimeCache runtimes, ulong eraPeriod)
{
    // Finality lags two or three blocks; when it stops, eras must go on.
    private const ulong LongestFinalityLag = 16;

    /// <summary>The next nonce of an account, with what its pool holds, as one node sees it.</summary>
    public Task<uint> NextNonceAsync(string address, CancellationToken ct) =>
        rpc.CallAsync("system_accountNextIndex", [address], answer => RpcAnswer.Number(answer) ?? throw new FormatException("no nonce"), ct);

    public async Task<PreparedExtrinsic> SignAsync(CallDraft draft, uint nonce, ulong tip, Keypair signer, CancellationToken ct)
    {
        var final = await blocks.FinalizedAsync(ct);
        var best = await blocks.BestAsync(ct);
        var runtime = await runtimes.AtAsync(best.Hash, ct);
        var genesis = await blocks.AtAsync(0, ct);

        var current = Math.Max(final.Number, best.Number - Math.Min(best.Number, LongestFinalityLag));
        var era = Era.Mortal(current, eraPeriod);
        var birth = era.Birth(current);
        var birthHash = birth == final.Number ? final.Hash : (await blocks.AtAsync(birth, ct)).Hash;
        var terms = new SigningTerms(runtime.SpecVersion, runtime.TransactionVersion, Bytes(genesis.Hash), nonce, era, Bytes(birthHash), tip);
        var call = draft.Encode(runtime.Metadata);
        return new PreparedExtrinsic(
            call, terms, ExtrinsicPayload.Build(runtime.Metadata, call.Data, terms), SignedExtrinsic.Sign(runtime.Metadata, call, terms, signer), birth, era.Death(current));
    }

    /// <summary>True when the newest block has another runtime than the one signed for.</summary>
    public async Task<bool> IsOutdatedAsync(PreparedExtrinsic prepared, CancellationToken ct)
    {
        var (spec, transaction) = await runtimes.VersionAsync((await blocks.BestAsync(ct)).Hash, ct);
        return spec != prepared.Terms.SpecVersion || transaction != prepared.Terms.TransactionVersion;
    }

    private static byte[] Bytes(string hash) => RpcAnswer.Bytes(hash)!;
}
