using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>The stand-in speaks like a node, and misbehaves when told to.</summary>
public sealed class NodeServerTests
{
    [Fact]
    public async Task Blocks_heads_versions_and_metadata_are_told_as_a_node_tells_them()
    {
        await using var server = await NodeServer.StartAsync(NodeOptions.Dev293);
        using var driver = new NodeDriver(server);
        server.Chain.SealTo(20);
        var head = await driver.ResultAsync("chain_getHeader");
        Assert.Equal("0x14", head.GetProperty("number").GetString());
        Assert.Equal(head.GetProperty("parentHash").GetString(), (await driver.ResultAsync("chain_getBlockHash", 19)).GetString());
        Assert.Equal("0x12", (await driver.ResultAsync("chain_getHeader", (await driver.ResultAsync("chain_getFinalizedHead")).GetString())).GetProperty("number").GetString());
        Assert.Equal("0x" + string.Concat(Enumerable.Repeat("45", 32)), (await driver.ResultAsync("chain_getBlockHash", 0)).GetString());
        Assert.Equal(JsonValueKind.Null, (await driver.ResultAsync("chain_getBlockHash", 21)).ValueKind);
        Assert.Single((await driver.ResultAsync("chain_getBlock")).GetProperty("block").GetProperty("extrinsics").EnumerateArray());
        Assert.Equal(293U, (await driver.ResultAsync("state_getRuntimeVersion")).GetProperty("specVersion").GetUInt32());
        Assert.Equal(VectorFile.SharedBytes("dev_spec293_metadata_v14.bin"), Bytes(await driver.ResultAsync("state_getMetadata")));
        Assert.Equal(15, RuntimeMetadata.ReadOptional(Bytes(await driver.ResultAsync("state_call", "Metadata_metadata_at_version", "0x0f000000")))!.Version);
        Assert.Null(RuntimeMetadata.ReadOptional(Bytes(await driver.ResultAsync("state_call", "Metadata_metadata_at_version", "0x10000000"))));
        Assert.Equal(-32601, (await driver.CallAsync("chain_nope")).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(-32602, (await driver.CallAsync("state_getStorage", "no hex")).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(4003, (await driver.CallAsync("state_getStorage", "0x12", "0x" + new string('9', 64))).GetProperty("error").GetProperty("code").GetInt32());
    }

    [Theory]
    [MemberData(nameof(NodeRulesTests.Generations), MemberType = typeof(NodeRulesTests))]
    public async Task Runtime_apis_tell_what_storage_says(string generation)
    {
        await using var server = await NodeServer.StartAsync(NodeRulesTests.Options(generation));
        using var driver = new NodeDriver(server);
        using var hot = Keypair.FromUri("//Alice//hk");
        server.Chain.AddSubnet(1);
        server.Chain.SealTo(5);
        server.Chain.AddNeuron(1, hot.Address, Keypair.FromUri("//Alice").Address, stake: 77, permit: true);
        var neurons = await ApiAsync("NeuronInfoRuntimeApi_get_neurons_lite");
        Assert.Equal((hot.Address, 77L, true, 5L), (
            Ss58.Encode(neurons[0]["hotkey"].AsBytes().Span), (long)neurons[0]["stake"][0][1].AsInteger(), neurons[0]["validator_permit"].AsBoolean(), (long)neurons[0]["last_update"].AsInteger()));
        var graph = await ApiAsync("SubnetInfoRuntimeApi_get_metagraph");
        Assert.Equal((10L, 77L, 5L), ((long)graph["tempo"].AsInteger(), (long)graph["total_stake"][0].AsInteger(), (long)graph["block"].AsInteger()));
        Assert.Equal(50, (await ApiAsync("SubnetInfoRuntimeApi_get_subnet_hyperparams"))["serving_rate_limit"].AsInteger());
        Assert.Equal("0x00", (await driver.ResultAsync("state_call", "SubnetInfoRuntimeApi_get_metagraph", "0x0900")).GetString());

        async Task<ScaleValue> ApiAsync(string name)
        {
            var metadata = server.Chain.Options.Metadata;
            return ScaleValueDecoder.Decode(metadata.Types, metadata.GetApi(name).Output, Bytes(await driver.ResultAsync("state_call", name, "0x0100")));
        }
    }

    [Fact]
    public async Task New_heads_come_over_the_socket_beside_calls()
    {
        await using var server = await NodeServer.StartAsync(NodeOptions.Dev293);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(server.WebSocket, TestContext.Current.CancellationToken);
        await SendAsync(socket, """{"jsonrpc":"2.0","id":1,"method":"chain_subscribeNewHeads","params":[]}""");
        var subscription = (await ReceiveAsync(socket)).GetProperty("result").GetString();
        Assert.Equal("0x0", Number(await ReceiveAsync(socket)));
        server.Chain.Seal();
        var news = await ReceiveAsync(socket);
        Assert.Equal(("chain_newHead", subscription, "0x1"), (news.GetProperty("method").GetString(), news.GetProperty("params").GetProperty("subscription").GetString(), Number(news)));
        await SendAsync(socket, $$"""{"jsonrpc":"2.0","id":2,"method":"chain_unsubscribeNewHeads","params":["{{subscription}}"]}""");
        Assert.True((await ReceiveAsync(socket)).GetProperty("result").GetBoolean());
        server.Chain.Seal();
        await SendAsync(socket, """{"jsonrpc":"2.0","id":3,"method":"system_chain","params":[]}""");
        Assert.Equal(3, (await ReceiveAsync(socket)).GetProperty("id").GetInt32());

        static string? Number(JsonElement news) => news.GetProperty("params").GetProperty("result").GetProperty("number").GetString();
    }

    [Fact]
    public async Task It_lies_stalls_breaks_off_and_answers_garbage_when_told_to()
    {
        await using var server = await NodeServer.StartAsync(NodeOptions.Dev293);
        using var http = new HttpClient { BaseAddress = server.Http };
        server.Mischief.Plot(NodeMischief.Kind.Garbage, times: 1);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(Post().Content.ReadAsStream(TestContext.Current.CancellationToken)));
        server.Mischief.Plot(NodeMischief.Kind.WrongId, times: 1);
        Assert.NotEqual(1, Read(Post()).GetProperty("id").GetInt32());
        server.Mischief.Plot(NodeMischief.Kind.Lie, "system_chain", 1, "another");
        Assert.Equal("another", Read(Post()).GetProperty("result").GetString());
        server.Mischief.Plot(NodeMischief.Kind.TwoAnswers, times: 1);
        Assert.Equal(4, Read(Post()).EnumerateObject().Count());
        server.Mischief.Plot(NodeMischief.Kind.TooMany, times: 1);
        Assert.Equal(HttpStatusCode.TooManyRequests, Post().StatusCode);
        server.Mischief.Plot(NodeMischief.Kind.Disconnect, times: 1);
        Assert.ThrowsAny<HttpRequestException>(() => Post());
        server.Mischief.Plot(NodeMischief.Kind.Stall, "system_chain");
        using var hurry = new CancellationTokenSource();
        var stalled = http.SendAsync(Request(), hurry.Token);
        Assert.False(Read(http.Send(Request("system_health"), TestContext.Current.CancellationToken)).GetProperty("result").GetProperty("isSyncing").GetBoolean());
        Assert.False(stalled.IsCompleted);
        await hurry.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stalled);

        HttpResponseMessage Post() => http.Send(Request(), TestContext.Current.CancellationToken);
        static HttpRequestMessage Request(string method = "system_chain") => new(HttpMethod.Post, "")
        {
            Content = new StringContent($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":[]}""", Encoding.UTF8, "application/json"),
        };
        static JsonElement Read(HttpResponseMessage response) => JsonDocument.Parse(response.Content.ReadAsStream()).RootElement;
    }

    private static byte[] Bytes(JsonElement text) => Convert.FromHexString(text.GetString()![2..]);

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    private static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(buffer.AsMemory(0, received.Count)).RootElement;
    }
}
