using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>One JSON-RPC request turned into one answer, with or without mischief.</summary>
public sealed class NodeExchange(NodeRpc rpc, NodeMischief mischief)
{
    private const int FloodBytes = 20 << 20;

    /// <summary>What to send; <paramref name="subscribe"/> is asked first, and answers the methods that are its own.</summary>
    public NodeReply Answer(ReadOnlyMemory<byte> request, Func<string, JsonElement, JsonNode?>? subscribe)
    {
        JsonElement root;
        try
        {
            root = JsonDocument.Parse(request).RootElement;
        }
        catch (JsonException)
        {
            return new NodeReply(Error(null, new NodeRefusalException(-32700, "Parse error")), null);
        }

        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("id", out var id) || !root.TryGetProperty("method", out var name) || name.ValueKind != JsonValueKind.String
            || !root.TryGetProperty("jsonrpc", out var version) || !version.ValueEquals("2.0"))
            return new NodeReply(Error(null, new NodeRefusalException(-32600, "Invalid Request")), null);
        var parameters = root.TryGetProperty("params", out var given) ? given : default;
        return Spoil(JsonNode.Parse(id.GetRawText()), name.GetString()!, parameters, subscribe);
    }

    private NodeReply Spoil(JsonNode? id, string method, JsonElement parameters, Func<string, JsonElement, JsonNode?>? subscribe)
    {
        var plan = mischief.Take(method);
        switch (plan?.Kind)
        {
            case NodeMischief.Kind.Stall or NodeMischief.Kind.Disconnect or NodeMischief.Kind.ServerError or NodeMischief.Kind.TooMany: return new NodeReply([], plan?.Kind);
            case NodeMischief.Kind.Garbage: return new NodeReply([0xFF, 0x00, .. "<html>not json"u8], plan?.Kind);
            case NodeMischief.Kind.Flood: return new NodeReply(Result(id, new string('0', FloodBytes)), plan?.Kind);
            case NodeMischief.Kind.Lie: return new NodeReply(Result(id, plan?.Lie), plan?.Kind);
        }

        try
        {
            var result = subscribe?.Invoke(method, parameters) ?? rpc.Call(method, parameters);
            if (plan?.Kind == NodeMischief.Kind.TwoAnswers)
                return new NodeReply(Text(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["result"] = result, ["error"] = new JsonObject { ["code"] = 1, ["message"] = "both" } }), plan?.Kind);
            return new NodeReply(Result(plan?.Kind == NodeMischief.Kind.WrongId ? 987_654_321 : id, result), plan?.Kind);
        }
        catch (NodeRefusalException refusal)
        {
            return new NodeReply(Error(id, refusal), plan?.Kind);
        }
    }

    private static byte[] Result(JsonNode? id, JsonNode? result) => Text(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["result"] = result });

    private static byte[] Error(JsonNode? id, NodeRefusalException refusal)
    {
        var error = new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message };
        if (refusal.Words is { } words) error["data"] = words;
        return Text(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["error"] = error });
    }

    private static byte[] Text(JsonObject answer) => Encoding.UTF8.GetBytes(answer.ToJsonString());
}
