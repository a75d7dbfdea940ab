using System.Net.Http.Json;
using System.Text.Json;
using Niche.Bittensor.Chain.Epochs;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Chain.Ledger;

/// <summary>
/// The chain interface over a local ledger. The HTTP client's base address is the ledger's. Safe for concurrent use by several hotkeys;
/// the calls of one hotkey should follow one another, as on a chain.
/// </summary>
/// <param name="http">Reaches the ledger.</param>
/// <param name="time">The clock.</param>
/// <param name="commits">Keeps hashed commits; null for subnets that do not ask for them.</param>
public sealed class LedgerClient(HttpClient http, TimeProvider time, IWeightCommitStore? commits = null) : ISubtensor
{
    private readonly NonceClock _nonces = new(time);

    /// <inheritdoc/>
    public async Task<ulong> GetBlockAsync(CancellationToken ct) => (await GetAsync<BlockAnswer>("block", ct)).Block;

    /// <inheritdoc/>
    public Task<Metagraph> GetMetagraphAsync(ushort netuid, CancellationToken ct) => GetAsync<Metagraph>($"metagraph/{netuid}", ct);

    /// <inheritdoc/>
    public Task<SubnetHyperparameters> GetHyperparametersAsync(ushort netuid, CancellationToken ct) =>
        GetAsync<SubnetHyperparameters>($"hyperparameters/{netuid}", ct);

    /// <summary>The last weight vector of every validator.</summary>
    public Task<IReadOnlyList<LedgerWeights>> GetWeightsAsync(ushort netuid, CancellationToken ct) =>
        GetAsync<IReadOnlyList<LedgerWeights>>($"weights/{netuid}", ct);

    /// <summary>Development registration: the hotkey gets a uid, or keeps it, with the given stake in TAO and permit.</summary>
    public Task<ExtrinsicResult> RegisterAsync(ushort netuid, Keypair hotkey, double stake, bool validatorPermit, CancellationToken ct) =>
        SubmitAsync("register", "register", netuid, new RegisterArguments(stake, validatorPermit), hotkey, ct);

    /// <inheritdoc/>
    public async Task<WeightsResult> SetWeightsAsync(
        ushort netuid, IReadOnlyList<ushort> uids, IReadOnlyList<ushort> values, ulong versionKey, Keypair hotkey, CancellationToken ct)
    {
        var result = await SubmitAsync("extrinsics", "set_weights", netuid, new SetWeightsArguments(uids, values, versionKey), hotkey, ct);
        return result.Error == "CommitRevealEnabled" && commits is not null
            ? await CommitAsync(new WeightRequest(netuid, uids, values, versionKey), hotkey, commits, ct)
            : new(WeightStep.Set, "set_weights", result);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WeightsResult>> RevealWeightsAsync(ushort netuid, Keypair hotkey, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(hotkey);
        if (commits is null || await commits.ListAsync(hotkey.Address, netuid, ct) is not { Count: > 0 } kept) return [];
        return await new CommitReveals(commits, LookAsync, RevealAsync).RunAsync(kept, ct);

        async Task<(RevealSchedule, IReadOnlyList<ChainCommit>)?> LookAsync(ushort index, CancellationToken ct)
        {
            var onChain = await GetAsync<IReadOnlyList<ChainCommit>>($"commits/{netuid}/{hotkey.Address}", ct);
            LedgerSubnet subnet = new(await GetHyperparametersAsync(netuid, ct), []);
            return LedgerCommitRules.Schedule(subnet, netuid, await GetBlockAsync(ct)) is { } schedule ? (schedule, onChain) : null;
        }

        async Task<WeightsResult> RevealAsync(WeightCommit commit, CancellationToken ct)
        {
            var request = commit.Request;
            RevealWeightsArguments args = new(request.Uids, request.Values, commit.Salt, request.VersionKey);
            return new(WeightStep.Revealed, "reveal_weights", await SubmitAsync("extrinsics", "reveal_weights", netuid, args, hotkey, ct));
        }
    }

    /// <inheritdoc/>
    public Task<ExtrinsicResult> ServeAxonAsync(ushort netuid, AxonEndpoint axon, Keypair hotkey, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(axon);
        return SubmitAsync("extrinsics", "serve_axon", netuid, new ServeAxonArguments(axon.Ip, axon.Port), hotkey, ct);
    }

    private async Task<WeightsResult> CommitAsync(WeightRequest request, Keypair hotkey, IWeightCommitStore store, CancellationToken ct)
    {
        var rules = await GetHyperparametersAsync(request.Netuid, ct);
        var block = await GetBlockAsync(ct);
        var commit = WeightCommit.Create(request, hotkey.PublicKey, "commit_weights", block);
        await store.AddAsync(commit, ct);
        var result = await SubmitAsync("extrinsics", commit.Call, request.Netuid, new CommitWeightsArguments(commit.Hash), hotkey, ct);
        if (result.Outcome == ExtrinsicOutcome.Refused) await store.RemoveAsync(commit, ct);
        var reveal = rules.Tempo == 0 ? (ulong?)null : new CountedEpochs(request.Netuid, rules.Tempo).FirstRevealBlock(block, rules.CommitRevealPeriod);
        return new(WeightStep.Committed, commit.Call, result, null, reveal);
    }

    private async Task<ExtrinsicResult> SubmitAsync<TArgs>(string route, string call, ushort netuid, TArgs args, Keypair hotkey, CancellationToken ct)
    {
        var extrinsic = LedgerExtrinsic.Sign(call, netuid, args, hotkey, _nonces.Next());
        try
        {
            using var response = await http.PostAsJsonAsync(new Uri(route, UriKind.Relative), extrinsic, SynapseJson.Options, ct);
            if (!response.IsSuccessStatusCode)
                return new ExtrinsicResult(false, null, null, $"The ledger answered {(int)response.StatusCode} to {call}.");
            return await response.Content.ReadFromJsonAsync<ExtrinsicResult>(SynapseJson.Options, ct)
                ?? new ExtrinsicResult(false, null, null, "The ledger's answer is empty.");
        }
        catch (Exception fault) when (IsPeerFault(fault, ct))
        {
            return new ExtrinsicResult(false, null, null, $"The ledger could not be asked: {fault.Message}") { Outcome = ExtrinsicOutcome.Unknown };
        }
    }

    private async Task<T> GetAsync<T>(string route, CancellationToken ct)
    {
        try
        {
            return await http.GetFromJsonAsync<T>(new Uri(route, UriKind.Relative), SynapseJson.Options, ct)
                ?? throw new SubtensorException($"The ledger's answer to {route} is empty.");
        }
        catch (Exception fault) when (IsPeerFault(fault, ct))
        {
            throw new SubtensorException($"The ledger could not be asked for {route}: {fault.Message}", fault);
        }
    }

    // A timeout of the HTTP client is a cancellation that the caller did not ask for.
    private static bool IsPeerFault(Exception fault, CancellationToken ct) =>
        fault is HttpRequestException or JsonException or IOException || fault is OperationCanceledException && !ct.IsCancellationRequested;
}
