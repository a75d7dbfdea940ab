using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>The JSON-RPC methods of a Substrate node that need no subscription.</summary>
public sealed class NodeRpc(NodeChain chain)
{
    private const int MaxPage = 1000;

    private readonly RecordedAnswers? _recorded = chain.Options.Replay ? RecordedAnswers.Read() : null;

    /// <exception cref="NodeRefusalException">The node answers with an error.</exception>
    public JsonNode? Call(string method, JsonElement parameters)
    {
        if (_recorded?.Find(method, parameters) is { } recorded) return recorded;
        return method switch
        {
            "chain_getHeader" => Block(parameters, 0)?.Header(),
            "chain_getBlockHash" => BlockHash(parameters),
            "chain_getFinalizedHead" => chain.Final.HashText,
            "chain_getBlock" => Block(parameters, 0) is { } block ? Whole(block) : null,
            "state_getRuntimeVersion" or "chain_getRuntimeVersion" => Version(Known(parameters, 0)),
            "state_getMetadata" => NodeBlock.Hex(VectorFile.SharedBytes(chain.Options.OldMetadataFile ?? chain.Options.MetadataFile)),
            "state_call" => NodeBlock.Hex(NodeApis.Call(chain.Options, Text(parameters, 0), Bytes(parameters, 1), Known(parameters, 2))),
            "state_getStorage" or "state_getStorageAt" => Value(Known(parameters, 1), Bytes(parameters, 0)),
            "state_queryStorageAt" => Query(parameters),
            "state_getKeysPaged" => Keys(parameters),
            "system_accountNextIndex" => chain.NextNonce(Account(parameters)),
            "system_chain" => chain.Options.SpecVersion >= 393 ? "Bittensor" : "Development",
            "system_health" => new JsonObject { ["peers"] = 1, ["isSyncing"] = false, ["shouldHavePeers"] = false },
            "system_properties" => new JsonObject { ["ss58Format"] = 42, ["tokenDecimals"] = 9, ["tokenSymbol"] = "TAO" },
            "author_submitExtrinsic" => NodeBlock.Hex(chain.Submit(Bytes(parameters, 0))),
            "payment_queryInfo" => Fee(parameters),
            _ => throw new NodeRefusalException(-32601, "Method not found"),
        };
    }

    private JsonObject Version(NodeBlock at) => new()
    {
        ["specName"] = "node-subtensor", ["implName"] = "node-subtensor", ["authoringVersion"] = 1, ["specVersion"] = at.SpecVersion, ["implVersion"] = 1,
        ["transactionVersion"] = chain.Options.TransactionVersion, ["stateVersion"] = 1, ["apis"] = new JsonArray(),
    };

    private JsonNode? BlockHash(JsonElement parameters)
    {
        if (At(parameters, 0) is not { } number) return chain.Best.HashText;
        return number.ValueKind == JsonValueKind.Number && number.TryGetUInt32(out var value) ? chain.At(value)?.HashText : throw NodeRefusalException.InvalidParams("not a block number");
    }

    private static JsonObject Whole(NodeBlock block) => new()
    {
        ["block"] = new JsonObject
        {
            ["header"] = block.Header(),
            ["extrinsics"] = new JsonArray([.. block.Extrinsics.Select(extrinsic => (JsonNode)NodeBlock.Hex(extrinsic))]),
        },
        ["justifications"] = null,
    };

    private static JsonNode? Value(NodeBlock block, byte[] key) =>
        block.State.Entries.TryGetValue(Convert.ToHexStringLower(key), out var value) ? NodeBlock.Hex(value) : null;

    private JsonArray Query(JsonElement parameters)
    {
        if (At(parameters, 0) is not { ValueKind: JsonValueKind.Array } keys) throw NodeRefusalException.InvalidParams("no keys");
        var block = Known(parameters, 1);
        var changes = new JsonArray();
        foreach (var key in keys.EnumerateArray()) changes.Add(new JsonArray(NodeBlock.Hex(Hex(key)), Value(block, Hex(key))));
        return [new JsonObject { ["block"] = block.HashText, ["changes"] = changes }];
    }

    private JsonArray Keys(JsonElement parameters)
    {
        var (prefix, after, block) = (Convert.ToHexStringLower(Bytes(parameters, 0)), At(parameters, 2) is { } start ? Convert.ToHexStringLower(Hex(start)) : "", Known(parameters, 3));
        if (At(parameters, 1) is not { ValueKind: JsonValueKind.Number } wanted || !wanted.TryGetInt32(out var count)) throw NodeRefusalException.InvalidParams("no count");
        if (count > MaxPage) throw new NodeRefusalException(4002, $"count exceeds maximum value. value: {count}, max: {MaxPage}");
        var found = block.State.Entries.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(key, after) > 0).Take(count);
        return new JsonArray([.. found.Select(key => (JsonNode)("0x" + key))]);
    }

    private JsonObject Fee(JsonElement parameters)
    {
        var call = Niche.Bittensor.Chain.Extrinsics.ExtrinsicReader.Read(chain.Options.Metadata, Bytes(parameters, 0)).Call;
        return new JsonObject
        {
            ["weight"] = new JsonObject { ["refTime"] = 1_000_000, ["proofSize"] = 0 },
            ["class"] = "normal",
            ["partialFee"] = (NodeRuntime.PaysFee(call) ? NodeRuntime.Fee : 0).ToString(CultureInfo.InvariantCulture),
        };
    }

    private NodeBlock Known(JsonElement parameters, int index) =>
        Block(parameters, index) ?? throw new NodeRefusalException(4003, "Client error", "UnknownBlock: Header was not found in the database");

    private NodeBlock? Block(JsonElement parameters, int index) => At(parameters, index) is { } hash ? chain.At(NodeBlock.Hex(Hex(hash))) : chain.Best;

    private static byte[] Account(JsonElement parameters)
    {
        var key = new byte[32];
        return Ss58.TryDecode(Text(parameters, 0), key, out _) ? key : throw NodeRefusalException.InvalidParams("not an address");
    }

    private static byte[] Bytes(JsonElement parameters, int index) => At(parameters, index) is { } value ? Hex(value) : throw NodeRefusalException.InvalidParams($"parameter {index} is missing");

    private static string Text(JsonElement parameters, int index) =>
        At(parameters, index) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw NodeRefusalException.InvalidParams($"parameter {index} is no text");

    private static byte[] Hex(JsonElement value)
    {
        try
        {
            return value.GetString() is { } text && text.StartsWith("0x", StringComparison.Ordinal) ? Convert.FromHexString(text[2..]) : throw new FormatException();
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException)
        {
            throw NodeRefusalException.InvalidParams("not 0x and hexadecimal digits");
        }
    }

    private static JsonElement? At(JsonElement parameters, int index) =>
        parameters.ValueKind == JsonValueKind.Array && index < parameters.GetArrayLength() && parameters[index].ValueKind != JsonValueKind.Null ? parameters[index] : null;
}
