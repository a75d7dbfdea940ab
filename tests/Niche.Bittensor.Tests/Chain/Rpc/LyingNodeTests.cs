using CsCheck;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Rpc;

namespace Niche.Bittensor.Tests.Chain.Rpc;

/// <summary>What is not an answer to the call is a typed error, over both transports.</summary>
public sealed class LyingNodeTests : IDisposable
{
    private readonly HttpClient _http = new(HttpRpcConnection.CreateHandler());
    private readonly RpcOptions _options = new() { MaxResponseBytes = 64 * 1024 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("""nothing of the kind""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""{}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"result":1}""")]
    [InlineData("""{"jsonrpc":2.0,"id":1,"result":1}""")]
    [InlineData("""{"id":1,"result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":2,"result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":-1,"result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1e400,"result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"1","result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":1,"result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":1,"result":2}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":1,"error":{"code":1,"message":"x"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":"x"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":"x"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":99999999999}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":1} {"jsonrpc":"2.0","id":1,"result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"chain_newHead"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"chain_newHead","params":{"subscription":{},"result":1}}""")]
    public async Task A_lie_is_told_as_one(string lie)
    {
        await using var server = await RpcServer.StartAsync(call => call.RawAsync(lie));
        foreach (var scheme in (string[])["http", "ws"])
        {
            await using var node = Connect(server.Endpoint(scheme));
            var fault = await Assert.ThrowsAsync<SubtensorException>(() => node.CallAsync("chain_getHeader", [], Ct));
            Assert.Equal((SubtensorError.Malformed, true), (fault.Error, fault.MayHaveArrived));
            Assert.Contains(server.Endpoint(scheme).Name, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nesting_without_end_is_refused()
    {
        await using var server = await RpcServer.StartAsync(call => call.RawAsync($$"""{"jsonrpc":"2.0","id":1,"result":{{new string('[', 5000)}}"""));
        await using var node = Connect(server.Endpoint("ws"));
        Assert.Equal(SubtensorError.Malformed, (await Assert.ThrowsAsync<SubtensorException>(() => node.CallAsync("x", [], Ct))).Error);
    }

    [Theory]
    [InlineData(302, SubtensorError.Disconnected)]
    [InlineData(403, SubtensorError.Disconnected)]
    [InlineData(429, SubtensorError.RateLimited)]
    [InlineData(500, SubtensorError.Disconnected)]
    public async Task What_is_not_status_200_is_no_answer(int status, SubtensorError error)
    {
        await using var server = await RpcServer.StartAsync(call =>
        {
            call.Status(status);
            return call.AnswerAsync(1);
        });
        await using var node = Connect(server.Endpoint("http"));
        Assert.Equal(error, (await Assert.ThrowsAsync<SubtensorException>(() => node.CallAsync("x", [], Ct))).Error);
    }

    [Fact]
    public async Task Answers_that_nobody_asked_for_end_the_connection()
    {
        await using var server = await RpcServer.StartAsync(async call =>
        {
            for (var i = 0; i < 2000; i++) await call.NewsAsync("never", i);
            await call.AnswerAsync(1);
        });
        await using var node = Connect(server.Endpoint("ws"));
        Assert.Equal(SubtensorError.Malformed, (await Assert.ThrowsAsync<SubtensorException>(() => node.CallAsync("x", [], Ct))).Error);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task Whatever_a_node_makes_of_an_answer_ends_in_a_result_or_a_typed_error(string scheme)
    {
        var next = "";
        await using var server = await RpcServer.StartAsync(call => call.RawAsync(next.Replace("ID", call.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        await using var node = Connect(server.Endpoint(scheme));
        const string honest = """{"jsonrpc":"2.0","id":ID,"result":{"number":"0x1a","digest":{"logs":["0x00"]}},"x":{"code":1,"message":"\u0041"}}""";
        var mutated = Gen.Select(Gen.Int[0, honest.Length - 1], Gen.Int[0, 12], Gen.Char[' ', 'ÿ'].Array[0, 6], Gen.Int[0, 3])
            .Select((at, length, put, how) =>
            {
                var rest = honest[Math.Min(honest.Length, at + length)..];
                return how switch { 0 => honest[..at], 1 => honest[..at] + honest[..at] + rest, _ => honest[..at] + new string(put) + rest };
            });
        await mutated.SampleAsync(
            async text =>
            {
                next = text.Length == 0 ? " " : text;
                var ended = await Record.ExceptionAsync(() => node.CallAsync("chain_getHeader", [], Ct));
                Assert.True(ended is null or SubtensorException, ended?.ToString());
            },
            iter: 300,
            threads: 1);
    }

    private IRpcConnection Connect(RpcEndpoint endpoint) =>
        endpoint.IsWebSocket ? new WebSocketRpcConnection(endpoint, _http, _options, TimeProvider.System) : new HttpRpcConnection(endpoint, _http, _options, TimeProvider.System);
}
