using System.Text.Json;
using System.Text.Json.Nodes;

namespace Niche.Bittensor.Tests.Chain.Rpc;

/// <summary>One call that a node received, and what it can do with it.</summary>
public sealed class RpcServerCall(JsonElement call, Func<string, bool, Task> send, Action abort, Action<int> status, CancellationToken ended)
{
    public string Method => call.GetProperty("method").GetString()!;

    public JsonElement Parameters => call.GetProperty("params");

    public long Id => call.GetProperty("id").GetInt64();

    public CancellationToken Ended => ended;

    public Task AnswerAsync(JsonNode? result) => RawAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = Id, ["result"] = result }.ToJsonString());

    public Task ErrorAsync(int code, string message, JsonNode? data = null) => RawAsync(
        new JsonObject { ["jsonrpc"] = "2.0", ["id"] = Id, ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["data"] = data } }.ToJsonString());

    public Task NewsAsync(string subscription, JsonNode news) => RawAsync(
        new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "news", ["params"] = new JsonObject { ["subscription"] = subscription, ["result"] = news } }.ToJsonString());

    public Task RawAsync(string text, bool end = true) => send(text, end);

    public Task StallAsync() => Task.Delay(Timeout.Infinite, ended);

    /// <summary>The same call, whose answers are changed on their way.</summary>
    public RpcServerCall Spoiled(Func<string, string> spoil) => new(call, (text, end) => send(spoil(text), end), abort, status, ended);

    public void Abort() => abort();

    public void Status(int code) => status(code);
}
