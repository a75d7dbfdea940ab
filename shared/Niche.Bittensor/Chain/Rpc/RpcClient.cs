using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Niche.Bittensor.Chain.Rpc;

/// <summary>
/// JSON-RPC with a chain over several nodes. A call goes to the first node that is well; when that one fails it goes to the next, until one
/// answers or the time is over. Nodes of another chain are refused. Safe for many calls at once; owns its connections.
/// </summary>
/// <remarks>
/// The same call may thus reach two nodes. That is harmless for reads, and for <c>author_submitExtrinsic</c>: the bytes are the same, an extrinsic is
/// known by its hash, and its nonce is used up by the first block that holds it. What must never happen is signing the same call anew while the
/// fate of the first bytes is unknown; <see cref="SubtensorException.MayHaveArrived"/> says when it is.
/// </remarks>
public sealed class RpcClient : IAsyncDisposable
{
    private readonly RpcNode[] _nodes;
    private readonly RpcOptions _options;
    private readonly TimeProvider _time;
    private string? _genesis;

    /// <summary>A client over connections, the preferred one first.</summary>
    public RpcClient(IReadOnlyList<IRpcConnection> connections, RpcOptions options, TimeProvider time, Random random)
    {
        ArgumentNullException.ThrowIfNull(connections);
        ArgumentNullException.ThrowIfNull(options);
        if (connections.Count == 0) throw new ArgumentException("At least one node is needed.", nameof(connections));
        (_options, _time, _genesis) = (options.Checked(), time, options.GenesisHash?.ToLowerInvariant());
        _nodes = [.. connections.Select(connection => new RpcNode(connection, _options, time, random))];
    }

    /// <summary>How each node does, in the order of preference.</summary>
    public IReadOnlyList<RpcNodeStatus> Nodes => [.. _nodes.Select(node => node.Status)];

    /// <summary>True when some node can be subscribed to.</summary>
    public bool CanSubscribe => _nodes.Any(node => node.Connection.Endpoint.IsWebSocket);

    /// <summary>A client over addresses, http and ws mixed as they come.</summary>
    /// <param name="endpoints">The preferred one first.</param>
    /// <param name="http">Over <see cref="HttpRpcConnection.CreateHandler"/>; opens WebSockets too; not owned.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Spreads the times at which failed nodes are tried again.</param>
    public static RpcClient Connect(IEnumerable<RpcEndpoint> endpoints, HttpClient http, RpcOptions options, TimeProvider time, Random random)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return new RpcClient([.. endpoints.Select(To)], options, time, random);

        IRpcConnection To(RpcEndpoint endpoint) =>
            endpoint.IsWebSocket ? new WebSocketRpcConnection(endpoint, http, options, time) : new HttpRpcConnection(endpoint, http, options, time);
    }

    /// <summary>One call, and its answer read. An answer that <paramref name="read"/> can not read is a fault of that node, and the next is asked.</summary>
    /// <param name="method">For example <c>state_call</c>.</param>
    /// <param name="parameters">Of the call.</param>
    /// <param name="read">Turns the result into what is wanted; throws <see cref="FormatException"/> or <see cref="SubtensorException"/> when it can not.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="SubtensorException">No node gave an answer that can be read, or one refused the call for good.</exception>
    public async Task<T> CallAsync<T>(string method, JsonArray parameters, Func<JsonElement, T> read, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(read);
        using var timer = new CancellationTokenSource(_options.TotalTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, ct);
        var round = new RpcRound(_nodes, _options, _time, method, both.Token);
        try
        {
            while (true)
            {
                var node = await round.NextAsync();
                try
                {
                    await node.CheckChainAsync(Agree, both.Token);
                    var value = Read(node.Connection.Endpoint, method, await node.Connection.CallAsync(method, parameters, both.Token), read);
                    node.Succeeded();
                    return value;
                }
                catch (SubtensorException fault)
                {
                    round.Failed(node, fault);
                }
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw round.OutOfTime();
        }
    }

    /// <summary>News of a subscription with the first node that is well and can be subscribed to; ends with an exception when that one fails.</summary>
    /// <inheritdoc cref="IRpcConnection.SubscribeAsync"/>
    public async IAsyncEnumerable<JsonElement> SubscribeAsync(
        string subscribe, JsonArray parameters, string unsubscribe, [EnumeratorCancellation] CancellationToken ct)
    {
        var node = _nodes.FirstOrDefault(node => node.Connection.Endpoint.IsWebSocket && node.Rest <= TimeSpan.Zero)
            ?? throw new SubtensorException(SubtensorError.Unsupported, "No node is there that can be subscribed to.");
        await node.CheckChainAsync(Agree, ct);
        await foreach (var news in node.Connection.SubscribeAsync(subscribe, parameters, unsubscribe, ct)) yield return news;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.Connection.DisposeAsync();
            node.Dispose();
        }
    }

    private bool Agree(string genesis) => (Interlocked.CompareExchange(ref _genesis, genesis, null) ?? genesis) == genesis;

    private static T Read<T>(RpcEndpoint endpoint, string method, JsonElement result, Func<JsonElement, T> read)
    {
        try
        {
            return read(result);
        }
        catch (FormatException fault)
        {
            throw RpcCodec.Malformed(endpoint, method, RpcCodec.Plain(fault.Message.TrimEnd('.')), fault);
        }
        catch (SubtensorException fault) when (fault.Endpoint is null)
        {
            throw new SubtensorException(fault.Error, $"{endpoint.Name}: {fault.Message}", fault) { Endpoint = endpoint.Name };
        }
    }
}
