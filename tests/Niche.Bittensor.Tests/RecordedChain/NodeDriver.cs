using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.Bittensor.Chain.Events;
using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>Talks to a node by hand: one POST a call, extrinsics signed with whatever terms a test wants.</summary>
public sealed class NodeDriver(NodeServer server) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = server.Http };

    private NodeChain Chain => server.Chain;

    private RuntimeMetadata Metadata => Chain.Options.Metadata;

    /// <summary>The whole answer: result or error.</summary>
    public async Task<JsonElement> CallAsync(string method, params JsonNode?[] parameters)
    {
        var request = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 7, ["method"] = method, ["params"] = new JsonArray(parameters) };
        using var response = await _http.PostAsJsonAsync("", request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(7, answer.GetProperty("id").GetInt32());
        return answer;
    }

    public async Task<JsonElement> ResultAsync(string method, params JsonNode?[] parameters) => (await CallAsync(method, parameters)).GetProperty("result");

    /// <summary>An extrinsic on the terms of the chain, which a test may bend.</summary>
    public byte[] Sign(Keypair signer, string pallet, string name, object?[] arguments, Func<SigningTerms, SigningTerms>? bend = null)
    {
        var terms = SigningTerms.Immortal(Chain.Options.SpecVersion, Chain.Options.TransactionVersion, Chain.Options.GenesisHash, Chain.NextNonce(signer.PublicKey.ToArray()));
        return SignedExtrinsic.Sign(Metadata, ChainCall.Encode(Metadata, pallet, name, arguments), bend?.Invoke(terms) ?? terms, signer).Bytes.ToArray();
    }

    /// <summary>Submits: null when taken, else what the error says (message and data).</summary>
    public async Task<string?> SubmitAsync(byte[] extrinsic)
    {
        var answer = await CallAsync("author_submitExtrinsic", NodeBlock.Hex(extrinsic));
        if (!answer.TryGetProperty("error", out var error)) return null;
        return error.TryGetProperty("data", out var data) ? $"{error.GetProperty("message").GetString()}: {data.GetString()}" : error.GetProperty("message").GetString();
    }

    /// <summary>Submits a call of the SubtensorModule, makes a block, and says the pool's refusal, the runtime's error, or null.</summary>
    public async Task<string?> DoAsync(Keypair signer, string name, params object?[] arguments)
    {
        var extrinsic = Sign(signer, NodeState.Subtensor, name, arguments);
        if (await SubmitAsync(extrinsic) is { } refusal) return refusal;
        var block = Chain.Seal();
        var index = block.Extrinsics.ToList().FindIndex(one => one.AsSpan().SequenceEqual(extrinsic));
        Assert.True(index > 0, "The extrinsic is not in the block.");
        var ended = Events(block).Last(one => one.Extrinsic == index);
        return DispatchFailure.Of(Metadata, ended)?.Name;
    }

    public IReadOnlyList<ChainEvent> Events(NodeBlock block) =>
        EventReader.Read(Metadata, block.State.Entries[Convert.ToHexStringLower(StorageKey.Prefix(Metadata.GetStorage("System", "Events")))]);

    public void Dispose() => _http.Dispose();
}
