using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Niche.Bittensor.Chain.Rpc;

/// <summary>Writes requests and reads what nodes send, strictly: JSON-RPC 2.0, no repeated names, bounded depth.</summary>
internal static class RpcCodec
{
    private const int MaxNodeWords = 300;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    public static byte[] Request(long id, string method, JsonArray parameters)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            json.WriteNumber("id"u8, id);
            json.WriteString("method"u8, method);
            json.WritePropertyName("params"u8);
            parameters.WriteTo(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads one message; the result owns its memory. False with the reason in words.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, out RpcMessage message, [NotNullWhen(false)] out string? fault)
    {
        message = default;
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            fault = Read(document.RootElement, out message);
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name that is not valid UTF-16, found only when it is looked at.
            fault = "it is not JSON";
        }

        return fault is null;
    }

    /// <summary>What a node's error object says, as an exception.</summary>
    public static SubtensorException NodeError(RpcEndpoint endpoint, string method, JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object || !error.TryGetProperty("code"u8, out var codeElement)
            || codeElement.ValueKind != JsonValueKind.Number || !codeElement.TryGetInt32(out var code))
            return Malformed(endpoint, method, "its error has no code");
        var words = Words(error, "message"u8);
        if (Words(error, "data"u8) is { Length: > 0 } data) words = words.Length == 0 ? data : $"{words}: {data}";
        return new SubtensorException(code == -32601 ? SubtensorError.Unsupported : SubtensorError.Refused, $"{endpoint.Name} refused {method} with {code}: {words}")
        {
            Endpoint = endpoint.Name,
            NodeCode = code,
            NodeText = words,
        };
    }

    public static SubtensorException Malformed(RpcEndpoint endpoint, string method, string why, Exception? cause = null) =>
        new(SubtensorError.Malformed, $"The answer of {endpoint.Name} to {method} can not be read: {why}.", cause) { Endpoint = endpoint.Name, MayHaveArrived = true };

    /// <summary>A stranger's words, fit for one line of a log.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(Math.Min(text.Length, MaxNodeWords));
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxNodeWords))) plain.Append(char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c);
        return plain.ToString();
    }

    private static string? Read(JsonElement root, out RpcMessage message)
    {
        message = default;
        if (root.ValueKind != JsonValueKind.Object) return "it is not an object";
        if (!root.TryGetProperty("jsonrpc"u8, out var version) || version.ValueKind != JsonValueKind.String || !version.ValueEquals("2.0"u8))
            return "it is not JSON-RPC 2.0";
        if (root.TryGetProperty("method"u8, out _)) return ReadNews(root, out message);

        var hasResult = root.TryGetProperty("result"u8, out var result);
        var hasError = root.TryGetProperty("error"u8, out var error);
        if (hasResult == hasError) return "it has not exactly one of result and error";
        long? id = null;
        if (root.TryGetProperty("id"u8, out var idElement) && idElement.ValueKind != JsonValueKind.Null)
        {
            if (idElement.ValueKind != JsonValueKind.Number || !idElement.TryGetInt64(out var number)) return "its id is not a number";
            id = number;
        }

        message = new RpcMessage(id, hasResult ? result.Clone() : default, hasError ? error.Clone() : null, null);
        return null;
    }

    private static string? ReadNews(JsonElement root, out RpcMessage message)
    {
        message = default;
        if (!root.TryGetProperty("params"u8, out var news) || news.ValueKind != JsonValueKind.Object
            || !news.TryGetProperty("subscription"u8, out var subscription) || SubscriptionId(subscription) is not { } id
            || !news.TryGetProperty("result"u8, out var result))
            return "it is neither an answer nor news of a subscription";
        message = new RpcMessage(null, result.Clone(), null, id);
        return null;
    }

    /// <summary>Nodes name a subscription by a short text or a number.</summary>
    public static string? SubscriptionId(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.String when SafeText(id) is { Length: > 0 and <= 128 } text => text,
        JsonValueKind.Number when id.TryGetInt64(out var number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Words(JsonElement error, ReadOnlySpan<byte> name) => !error.TryGetProperty(name, out var words) ? "" : words.ValueKind switch
    {
        JsonValueKind.String => Plain(SafeText(words)),
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => Plain(words.GetRawText()),
    };

    private static string SafeText(JsonElement text)
    {
        try
        {
            return text.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "(unreadable)"; // Half a surrogate pair: JSON allows to write it, no string can hold it.
        }
    }
}
