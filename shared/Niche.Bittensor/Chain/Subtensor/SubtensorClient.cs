using Niche.Bittensor.Chain.Events;
using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Chain.State;
using Niche.Bittensor.Chain.Submission;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Chain.Subtensor;

/// <summary>
/// A client of Subtensor chains over one or more nodes: reads by the metadata of each block's runtime, signs, submits and follows calls. Safe for many
/// callers and keys at once; owns its connections, not the keys. Reads throw <see cref="SubtensorException"/>; writes report what became of them.
/// </summary>
public sealed class SubtensorClient : ISubtensor, IAsyncDisposable
{
    private const string Pallet = "SubtensorModule";

    private readonly RpcClient _rpc;
    private readonly SubtensorOptions _options;
    private readonly BlockReader _blocks;
    private readonly RuntimeCache _runtimes;
    private readonly ExtrinsicSigner _signer;
    private readonly ExtrinsicSender _sender;
    private readonly WeightSender _weights;

    /// <summary>A client over nodes; it disposes of them.</summary>
    public SubtensorClient(RpcClient rpc, SubtensorOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(rpc);
        ArgumentNullException.ThrowIfNull(options);
        (_rpc, _options) = (rpc, options.Checked());
        _blocks = new BlockReader(rpc, options.MaxBlocksBehind);
        _runtimes = new RuntimeCache(rpc);
        _signer = new ExtrinsicSigner(rpc, _blocks, _runtimes, options.EraPeriod);
        var watch = new InclusionWatch(rpc, _blocks, _runtimes, new NewHeads(rpc, options.PollInterval, time), options.InclusionTimeout, time);
        _sender = new ExtrinsicSender(rpc, _signer, watch, time);
        _weights = new WeightSender(GetStateAsync, SubmitAsync, options.CommitBy, options.Commits);
    }

    /// <summary>How each node does.</summary>
    public IReadOnlyList<RpcNodeStatus> Nodes => _rpc.Nodes;

    /// <summary>A client over the nodes of the options.</summary>
    /// <param name="options">Endpoints and bounds.</param>
    /// <param name="http">Over <see cref="HttpRpcConnection.CreateHandler"/>; not owned.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Spreads the times at which failed nodes are tried again.</param>
    public static SubtensorClient Connect(SubtensorOptions options, HttpClient http, TimeProvider time, Random random)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new SubtensorClient(RpcClient.Connect(options.Nodes(), http, options.Rpc, time, random), options, time);
    }

    /// <inheritdoc/>
    public Task<ulong> GetBlockAsync(CancellationToken ct) => _blocks.NumberAsync(ct);

    /// <summary>The newest block that will not be undone.</summary>
    public Task<BlockRef> GetFinalizedBlockAsync(CancellationToken ct) => _blocks.FinalizedAsync(ct);

    /// <summary>The chain's state at the newest block, for any number of readings of the same moment.</summary>
    public async Task<ChainState> GetStateAsync(CancellationToken ct) => await GetStateAsync(await _blocks.BestAsync(ct), ct);

    /// <summary>The chain's state at a block; nodes forget the state of older blocks after a few hundred.</summary>
    public async Task<ChainState> GetStateAsync(ulong block, CancellationToken ct) => await GetStateAsync(await _blocks.AtAsync(block, ct), ct);

    /// <inheritdoc/>
    public async Task<Metagraph> GetMetagraphAsync(ushort netuid, CancellationToken ct) => await MetagraphReader.ReadAsync(await GetStateAsync(ct), netuid, ct);

    /// <summary>All that the runtime tells of a subnet in one answer.</summary>
    public async Task<FullMetagraph> GetFullMetagraphAsync(ushort netuid, CancellationToken ct) => await FullMetagraphReader.ReadAsync(await GetStateAsync(ct), netuid, ct);

    /// <inheritdoc/>
    public async Task<SubnetHyperparameters> GetHyperparametersAsync(ushort netuid, CancellationToken ct) =>
        await HyperparametersReader.ReadAsync(await GetStateAsync(ct), netuid, ct);

    /// <summary>What the chain keeps about a subnet's epochs and the revealing of weights.</summary>
    public async Task<EpochStorage> GetEpochStorageAsync(ushort netuid, CancellationToken ct) => await EpochStorageReader.ReadAsync(await GetStateAsync(ct), netuid, ct);

    /// <summary>An account's nonce and TAO.</summary>
    public async Task<AccountBalance> GetBalanceAsync(string address, CancellationToken ct) =>
        await (await GetStateAsync(ct)).GetManyAsync(
            [new("System", "Account", address)],
            values => new AccountBalance(values[0]!["nonce"].U32(), values[0]!["data"]["free"].U64(), values[0]!["data"]["reserved"].U64(), values[0]!["data"]["frozen"].U64()),
            ct);

    /// <summary>Alpha of a subnet staked to a hotkey by all coldkeys, in rao; for the root subnet 0, TAO.</summary>
    public async Task<ulong> GetStakeAsync(string hotkey, ushort netuid, CancellationToken ct) =>
        await (await GetStateAsync(ct)).GetManyAsync([new(Pallet, "TotalHotkeyAlpha", hotkey, netuid)], values => values[0]!.U64(), ct);

    /// <summary>What <see cref="RegisterAsync"/> costs now, in rao.</summary>
    public async Task<ulong> GetBurnAsync(ushort netuid, CancellationToken ct) =>
        await (await GetStateAsync(ct)).GetManyAsync([new(Pallet, "Burn", netuid)], values => values[0]!.U64(), ct);

    /// <summary>Where a hotkey's axon listens; null when it never served.</summary>
    public async Task<AxonEndpoint?> GetAxonAsync(ushort netuid, string hotkey, CancellationToken ct) =>
        await GetAxonAsync(await GetStateAsync(ct), netuid, hotkey, ct);

    /// <summary>The events of a block of the best chain.</summary>
    public async Task<IReadOnlyList<ChainEvent>> GetEventsAsync(ulong block, CancellationToken ct)
    {
        var found = await _blocks.BlockAsync((await _blocks.AtAsync(block, ct)).Hash, ct);
        var runtime = await _runtimes.AtAsync(block == 0 ? found.Ref.Hash : found.ParentHash, ct);
        return await InclusionWatch.EventsAsync(_rpc, runtime, found.Ref.Hash, events => events, ct);
    }

    /// <summary>What <see cref="SendWeightsAsync"/> would send, and why; nothing is sent.</summary>
    /// <exception cref="SubtensorException">The chain could not be read, or its runtime has no call for it.</exception>
    public Task<WeightPlan> PlanWeightsAsync(WeightRequest request, ReadOnlyMemory<byte> publicKey, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _weights.PlanAsync(request, publicKey, ct);
    }

    /// <summary>Sets or commits weights as the subnet's rules ask; nothing is sent that the chain is sure to refuse.</summary>
    public Task<WeightsResult> SendWeightsAsync(WeightRequest request, Keypair hotkey, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(hotkey);
        return _weights.SendAsync(request, hotkey, ct);
    }

    /// <inheritdoc/>
    public Task<WeightsResult> SetWeightsAsync(
        ushort netuid, IReadOnlyList<ushort> uids, IReadOnlyList<ushort> values, ulong versionKey, Keypair hotkey, CancellationToken ct) =>
        SendWeightsAsync(new WeightRequest(netuid, uids, values, versionKey), hotkey, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WeightsResult>> RevealWeightsAsync(ushort netuid, Keypair hotkey, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(hotkey);
        return _weights.RevealAsync(netuid, hotkey, ct);
    }

    /// <inheritdoc/>
    /// <remarks>Nothing is sent when the chain knows this axon already, nor when its address is one that the chain refuses.</remarks>
    public async Task<ExtrinsicResult> ServeAxonAsync(ushort netuid, AxonEndpoint axon, Keypair hotkey, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(axon);
        ArgumentNullException.ThrowIfNull(hotkey);
        if (AxonAddress.Fault(axon) is { } fault)
            return new ExtrinsicResult(false, null, null, fault) { Detail = "The chain takes an IP address that others can reach, and a port from 1 to 65535." };
        try
        {
            var state = await GetStateAsync(ct);
            if (await GetAxonAsync(state, netuid, hotkey.Address, ct) is { } known && AxonAddress.Same(known, axon))
                return new ExtrinsicResult(true, null, state.Block.Number, null);
        }
        catch (SubtensorException unread)
        {
            return new ExtrinsicResult(false, null, null, unread.Message) { Outcome = ExtrinsicOutcome.NotSent };
        }

        return await SubmitAsync(SubtensorCalls.ServeAxon(netuid, axon, _options.AxonVersion), hotkey, ct);
    }

    /// <summary>Registers a hotkey in a subnet and pays for it; see <see cref="GetBurnAsync"/>.</summary>
    /// <param name="netuid">The subnet.</param>
    /// <param name="hotkey">SS58 of the hotkey.</param>
    /// <param name="coldkey">Pays, and owns the hotkey from then on.</param>
    /// <param name="maxCostRao">Nothing is sent when it costs more than that now; it may still rise before the block.</param>
    /// <param name="ct">Stops waiting, not the call.</param>
    public async Task<ExtrinsicResult> RegisterAsync(ushort netuid, string hotkey, Keypair coldkey, ulong maxCostRao, CancellationToken ct)
    {
        try
        {
            if (await GetBurnAsync(netuid, ct) is var cost && cost > maxCostRao)
                return new ExtrinsicResult(false, null, null, "CostTooHigh") { Detail = $"A registration costs {cost} rao now, more than the {maxCostRao} allowed." };
        }
        catch (SubtensorException unread)
        {
            return new ExtrinsicResult(false, null, null, unread.Message) { Outcome = ExtrinsicOutcome.NotSent };
        }

        return await SubmitAsync(SubtensorCalls.BurnedRegister(netuid, hotkey), coldkey, ct);
    }

    /// <summary>Stakes TAO of a coldkey to a hotkey in a subnet.</summary>
    public Task<ExtrinsicResult> AddStakeAsync(string hotkey, ushort netuid, ulong rao, Keypair coldkey, CancellationToken ct) =>
        SubmitAsync(SubtensorCalls.AddStake(hotkey, netuid, rao), coldkey, ct);

    /// <summary>Sends TAO; refused when the sender's account would end by it.</summary>
    public Task<ExtrinsicResult> TransferAsync(string destination, ulong rao, Keypair sender, CancellationToken ct) =>
        SubmitAsync(SubtensorCalls.TransferKeepAlive(destination, rao), sender, ct);

    /// <summary>Signs any call, submits it and waits until it is in a block.</summary>
    /// <inheritdoc cref="SubmitAsync(CallDraft, Keypair, SubmitOptions, CancellationToken)"/>
    public Task<ExtrinsicResult> SubmitAsync(CallDraft call, Keypair key, CancellationToken ct) => SubmitAsync(call, key, new SubmitOptions(), ct);

    /// <summary>Signs any call, submits it and follows it to its end.</summary>
    /// <param name="call">By names; encoded for the runtime of the moment.</param>
    /// <param name="key">Signs.</param>
    /// <param name="options">What to wait for.</param>
    /// <param name="ct">Stops waiting; what was sent may still get into a block.</param>
    /// <returns>Its end. Never an exception for what nodes or the chain do.</returns>
    public Task<ExtrinsicResult> SubmitAsync(CallDraft call, Keypair key, SubmitOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(options);
        return _sender.SubmitAsync(call, key, options, ct);
    }

    /// <summary>Signs a call as submitting it would, and sends nothing: a dry run, with every byte that would be signed and sent.</summary>
    /// <exception cref="SubtensorException">The chain could not be read, or its runtime does not have the call.</exception>
    /// <exception cref="Niche.Bittensor.Scale.ScaleFormatException">An argument does not fit the call.</exception>
    /// <exception cref="ExtrinsicException">The runtime asks for something that can not be signed without guessing.</exception>
    public async Task<PreparedExtrinsic> PrepareAsync(CallDraft call, Keypair key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(key);
        try
        {
            return await _signer.SignAsync(call, await _signer.NextNonceAsync(key.Address, ct), 0, key, ct);
        }
        catch (MetadataNameException unknown)
        {
            throw new SubtensorException(SubtensorError.Unsupported, unknown.Message, unknown);
        }
    }

    /// <summary>What a signed extrinsic would cost in fees, in rao; 0 for calls that are free.</summary>
    public Task<ulong> GetFeeAsync(PreparedExtrinsic prepared, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        return _rpc.CallAsync("payment_queryInfo", [RpcAnswer.Hex(prepared.Extrinsic.Bytes.Span)], RpcAnswer.Fee, ct);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _rpc.DisposeAsync();
        _sender.Dispose();
    }

    private static Task<AxonEndpoint?> GetAxonAsync(ChainState state, ushort netuid, string hotkey, CancellationToken ct) =>
        state.GetManyAsync([new(Pallet, "Axons", netuid, hotkey)], values => values[0] is { } axon ? AxonAddress.Read(axon, hotkey) : null, ct);

    private async Task<ChainState> GetStateAsync(BlockRef block, CancellationToken ct) => new(_rpc, block, await _runtimes.AtAsync(block.Hash, ct));
}
