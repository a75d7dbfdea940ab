using System.Text.Json;
using System.Text.Json.Nodes;

namespace Niche.Bittensor.Chain.Rpc;

/// <summary>JSON-RPC 2.0 with one node, over HTTP or WebSocket. Safe for many calls at once.</summary>
public interface IRpcConnection : IAsyncDisposable
{
    /// <summary>Whom it talks to.</summary>
    RpcEndpoint Endpoint { get; }

    /// <summary>One call; ends by <see cref="RpcOptions.CallTimeout"/> at the latest, whatever the node does.</summary>
    /// <returns>The <c>result</c>; JSON null when the node answered null.</returns>
    /// <exception cref="SubtensorException">No answer, an answer that can not be read, or an error of the node.</exception>
    /// <exception cref="OperationCanceledException">Only when <paramref name="ct"/> was cancelled.</exception>
    Task<JsonElement> CallAsync(string method, JsonArray parameters, CancellationToken ct);

    /// <summary>News of a subscription until the caller stops; ends with an exception when the connection breaks or falls silent.</summary>
    /// <param name="subscribe">For example <c>chain_subscribeNewHeads</c>.</param>
    /// <param name="parameters">Of the subscription.</param>
    /// <param name="unsubscribe">For example <c>chain_unsubscribeNewHeads</c>; sent when the caller stops.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="SubtensorException">As in <see cref="CallAsync"/>; <see cref="SubtensorError.Unsupported"/> over HTTP.</exception>
    IAsyncEnumerable<JsonElement> SubscribeAsync(string subscribe, JsonArray parameters, string unsubscribe, CancellationToken ct);
}
