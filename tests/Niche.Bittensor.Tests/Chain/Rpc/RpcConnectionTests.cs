using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Rpc;

namespace Niche.Bittensor.Tests.Chain.Rpc;

/// <summary>One contract for both transports, against real sockets.</summary>
public sealed class RpcConnectionTests : IDisposable
{
    private readonly HttpClient _http = new(HttpRpcConnection.CreateHandler());
    private readonly FakeTimeProvider _time = new();
    private readonly RpcOptions _options = new() { MaxResponseBytes = 64 * 1024 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task A_call_brings_its_result(string scheme)
    {
        await using var server = await RpcServer.StartAsync(call => call.AnswerAsync(call.Method + call.Parameters.GetRawText()));
        await using var node = Connect(server.Endpoint(scheme));
        Assert.Equal("""state_call["a",1,null]""", (await node.CallAsync("state_call", ["a", 1, null], Ct)).GetString());
        Assert.Equal("x[]", (await node.CallAsync("x", [], Ct)).GetString());
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task Null_is_an_answer(string scheme)
    {
        await using var server = await RpcServer.StartAsync(call => call.AnswerAsync(null));
        await using var node = Connect(server.Endpoint(scheme));
        Assert.Equal(JsonValueKind.Null, (await node.CallAsync("state_getStorage", ["0x00"], Ct)).ValueKind);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task Many_calls_at_once_each_get_their_own_answer(string scheme)
    {
        using var all = new SemaphoreSlim(0);
        var arrived = 0;
        await using var server = await RpcServer.StartAsync(async call =>
        {
            // Nobody is answered before everybody has asked, and the last is answered first.
            if (Interlocked.Increment(ref arrived) == 100) all.Release(100);
            await all.WaitAsync(call.Ended);
            await call.AnswerAsync(call.Parameters[0].GetInt32());
        });
        await using var node = Connect(server.Endpoint(scheme));
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i => (i, (await node.CallAsync("echo", [i], Ct)).GetInt32())));
        Assert.All(answers, answer => Assert.Equal(answer.i, answer.Item2));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task An_error_of_the_node_is_told_with_code_and_words(string scheme)
    {
        await using var server = await RpcServer.StartAsync(call => call.ErrorAsync(1010, "Invalid\nTransaction", "Transaction is outdated"));
        await using var node = Connect(server.Endpoint(scheme));
        var fault = await Assert.ThrowsAsync<SubtensorException>(() => node.CallAsync("author_submitExtrinsic", ["0x00"], Ct));
        Assert.Equal((SubtensorError.Refused, 1010, "Invalid Transaction: Transaction is outdated"), (fault.Error, fault.NodeCode, fault.NodeText));
        Assert.False(fault.MayHaveArrived);
    }

    [Theory]
    [InlineData("http", "")]
    [InlineData("ws", "")]
    [InlineData("http", "{\"jsonrpc\":\"2.0\",\"id\"")]
    [InlineData("ws", "{\"jsonrpc\":\"2.0\",\"id\"")]
    public async Task A_node_that_stalls_costs_the_deadline_and_no_more(string scheme, string begun)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stalls = true;
        await using var server = await RpcServer.StartAsync(async call =>
        {
            if (!stalls)
            {
                await call.AnswerAsync(7);
                return;
            }

            if (begun.Length > 0) await call.RawAsync(begun, end: false);
            arrived.TrySetResult();
            await call.StallAsync();
        });
        await using var node = Connect(server.Endpoint(scheme));
        var call = node.CallAsync("chain_getHeader", [], Ct);
        await arrived.Task.WaitAsync(Ct);
        _time.Advance(_options.CallTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var fault = await Assert.ThrowsAsync<SubtensorException>(() => call);
        Assert.Equal((SubtensorError.Timeout, true), (fault.Error, fault.MayHaveArrived));
        Assert.Equal($"{scheme}://127.0.0.1:{server.Port} did not answer chain_getHeader within 10 s.", fault.Message);

        stalls = false;
        Assert.Equal(7, (await node.CallAsync("chain_getHeader", [], Ct)).GetInt32());
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task Endless_data_ends_at_the_limit(string scheme)
    {
        var piece = new string('x', 10_000);
        await using var server = await RpcServer.StartAsync(async call =>
        {
            await call.RawAsync("{\"jsonrpc\":\"2.0\",\"result\":\"", end: false);
            while (true) await call.RawAsync(piece, end: false);
        });
        await using var node = Connect(server.Endpoint(scheme));
        var fault = await Assert.ThrowsAsync<SubtensorException>(() => node.CallAsync("state_getMetadata", [], Ct));
        Assert.Equal(SubtensorError.TooLarge, fault.Error);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task A_broken_connection_is_told_and_the_next_call_opens_a_new_one(string scheme)
    {
        var breaks = true;
        await using var server = await RpcServer.StartAsync(call =>
        {
            if (!breaks) return call.AnswerAsync(1);
            call.Abort();
            return Task.CompletedTask;
        });
        await using var node = Connect(server.Endpoint(scheme));
        var fault = await Assert.ThrowsAsync<SubtensorException>(() => node.CallAsync("chain_getHeader", [], Ct));
        Assert.Equal((SubtensorError.Disconnected, true), (fault.Error, fault.MayHaveArrived));
        breaks = false;
        Assert.Equal(1, (await node.CallAsync("chain_getHeader", [], Ct)).GetInt32());
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task Nobody_there_means_that_nothing_was_sent(string scheme)
    {
        RpcEndpoint endpoint;
        await using (var server = await RpcServer.StartAsync(call => call.AnswerAsync(null))) endpoint = server.Endpoint(scheme);
        await using var node = Connect(endpoint);
        var fault = await Assert.ThrowsAsync<SubtensorException>(() => node.CallAsync("chain_getHeader", [], Ct));
        Assert.Equal((SubtensorError.Unreachable, false), (fault.Error, fault.MayHaveArrived));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task Secrets_of_an_address_are_used_and_never_shown(string scheme)
    {
        await using var server = await RpcServer.StartAsync(call => call.ErrorAsync(-32000, "no"));
        var endpoint = server.Endpoint(scheme, "us%40er:pa55@", "/k3y?token=t0ken");
        await using var node = Connect(endpoint);
        var fault = await Assert.ThrowsAsync<SubtensorException>(() => node.CallAsync("chain_getHeader", [], Ct));
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("us@er:pa55")), server.Authorizations.Single());
        await server.DisposeAsync();
        var gone = await Assert.ThrowsAsync<SubtensorException>(() => node.CallAsync("chain_getHeader", [], Ct));
        foreach (var text in (string[])[fault.ToString(), gone.ToString(), endpoint.ToString(), endpoint.Name])
            foreach (var secret in (string[])["er:", "pa55", "k3y", "t0ken"])
                Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task A_caller_who_leaves_is_let_go_at_once(string scheme)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await RpcServer.StartAsync(call => call.Method == "other" ? call.AnswerAsync(2) : StallAsync(call));
        await using var node = Connect(server.Endpoint(scheme));
        using var leave = new CancellationTokenSource();
        var call = node.CallAsync("chain_getHeader", [], leave.Token);
        await arrived.Task.WaitAsync(Ct);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(2, (await node.CallAsync("other", [], Ct)).GetInt32());

        Task StallAsync(RpcServerCall stalled)
        {
            arrived.TrySetResult();
            return stalled.StallAsync();
        }
    }

    private IRpcConnection Connect(RpcEndpoint endpoint) =>
        endpoint.IsWebSocket ? new WebSocketRpcConnection(endpoint, _http, _options, _time) : new HttpRpcConnection(endpoint, _http, _options, _time);
}
