using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.Bittensor.Scale;
using Niche.Bittensor.Tests.Chain.Rpc;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Chain.Subtensor;

/// <summary>A node that serves a stub chain over HTTP and WebSocket, with the recorded answers of a real runtime; a test may step in at any call.</summary>
public sealed class StubNode(StubChain chain)
{
    /// <summary>Answers of runtime APIs by name and arguments, 0x texts.</summary>
    public ConcurrentDictionary<(string Name, string Arguments), string> Apis { get; } = new(
        VectorFile.Full().GetProperty("live_spec293").GetProperty("runtimeApi").EnumerateArray()
            .ToDictionary(recorded => (recorded.Text("method"), recorded.Text("params")), recorded => recorded.Text("result")));

    /// <summary>True when the test has dealt with the call itself.</summary>
    public Func<RpcServerCall, Task<bool>> StepIn { get; set; } = _ => Task.FromResult(false);

    /// <summary>Changes every answer on its way; by method and text.</summary>
    public Func<string, string, string>? Spoil { get; set; }

    /// <summary>Serves the newest runtime's metadata only as v14, as old runtimes do.</summary>
    public byte[]? OldMetadata { get; set; }

    public async Task HandleAsync(RpcServerCall call)
    {
        var method = call.Method;
        if (Spoil is { } spoil) call = call.Spoiled(text => spoil(method, text));
        if (await StepIn(call)) return;
        var given = call.Parameters;
        switch (call.Method)
        {
            case "chain_getHeader": await call.AnswerAsync((given.GetArrayLength() == 0 ? chain.Best : chain.Find(Text(given[0]))) is { } header ? Header(header) : null); break;
            case "chain_getBlockHash": await call.AnswerAsync(given.GetArrayLength() == 0 ? chain.Best.Hash : chain.At(given[0].GetUInt64())?.Hash); break;
            case "chain_getFinalizedHead": await call.AnswerAsync(chain.Finalized.Hash); break;
            case "chain_getBlock": await call.AnswerAsync(chain.Find(Text(given[0])) is { } block ? Block(block) : null); break;
            case "state_getRuntimeVersion": await call.AnswerAsync(new JsonObject { ["specName"] = "node-subtensor", ["specVersion"] = chain.Find(Text(given[0]))!.Spec, ["transactionVersion"] = 1 }); break;
            case "state_getMetadata": await call.AnswerAsync(Hex(OldMetadata ?? chain.MetadataBytes)); break;
            case "state_call": await StateCallAsync(call); break;
            case "state_queryStorageAt": await call.AnswerAsync(Storage(given[0], Text(given[1]))); break;
            case "state_getStorage": await call.AnswerAsync(Hex(chain.Find(Text(given[1]))!.Events)); break;
            case "state_getKeysPaged":
                var keys = chain.Keys(Text(given[0]), given[2].ValueKind == JsonValueKind.Null ? null : Text(given[2]), given[1].GetInt32());
                await call.AnswerAsync(new JsonArray([.. keys.Select(key => JsonValue.Create(key))]));
                break;
            case "system_accountNextIndex": await call.AnswerAsync(chain.NextNonce(Text(given[0]))); break;
            case "author_submitExtrinsic":
                var bytes = Convert.FromHexString(Text(given[0]).AsSpan(2));
                if (chain.Submit(bytes) is { } refusal) await call.ErrorAsync(refusal.Code, refusal.Message, refusal.Data);
                else await call.AnswerAsync(Hex(Niche.Bittensor.Chain.Storage.Blake2b.Hash256(bytes)));
                break;
            case "payment_queryInfo": await call.AnswerAsync(new JsonObject { ["class"] = "normal", ["partialFee"] = "137047" }); break;
            default: await call.ErrorAsync(-32601, "Method not found"); break;
        }
    }

    private async Task StateCallAsync(RpcServerCall call)
    {
        var (name, arguments) = (Text(call.Parameters[0]), Text(call.Parameters[1]));
        if (name == "Metadata_metadata_at_version" && OldMetadata is null)
            await call.AnswerAsync(Hex(new ScaleWriter().WriteByte(1).WriteBytes(chain.MetadataBytes).ToArray()));
        else if (Apis.TryGetValue((name, arguments), out var answer)) await call.AnswerAsync(answer);
        else await call.ErrorAsync(4003, "Client error: Execution failed: Other: Exported method " + name + " is not found");
    }

    private JsonArray Storage(JsonElement keys, string block)
    {
        var changes = new JsonArray();
        foreach (var key in keys.EnumerateArray()) changes.Add(new JsonArray(Text(key), chain.Storage(Text(key)) is { } value ? Hex(value) : null));
        return [new JsonObject { ["block"] = block, ["changes"] = changes }];
    }

    private static JsonObject Header(StubBlock block) => new() { ["number"] = $"0x{block.Number:x}", ["parentHash"] = block.ParentHash, ["digest"] = new JsonObject { ["logs"] = new JsonArray() } };

    private static JsonObject Block(StubBlock block) => new()
    {
        ["block"] = new JsonObject { ["header"] = Header(block), ["extrinsics"] = new JsonArray([.. block.Extrinsics.Select(bytes => JsonValue.Create(Hex(bytes)))]) },
        ["justifications"] = null,
    };

    private static string Text(JsonElement element) => element.GetString()!;

    private static string Hex(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);
}
