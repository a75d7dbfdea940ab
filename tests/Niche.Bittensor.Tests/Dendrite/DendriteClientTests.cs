using System.Net;
using System.Net.Sockets;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Axon;

namespace Niche.Bittensor.Tests.Dendrite;

public sealed class DendriteClientTests : IDisposable
{
    private const string Good = """{"text":"x","answer":"y","axon":{"status_code":200,"status_message":"Success","process_time":0.25}}""";
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly Keypair _hotkey = Keypair.FromUri("//Alice");
    private readonly HttpClient _http = new(DendriteClient.CreateHandler());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _hotkey.Dispose();
    }

    [Fact]
    public async Task A_call_brings_back_the_axons_synapse_and_leaves_the_request_alone()
    {
        await using var axon = await AxonHost.StartAsync(options => options.Attach<Echo>((echo, _, _) =>
            Task.FromResult(AxonReply.Success(echo with { Text = "changed by the miner", Answer = "pong" }))));
        var request = new Echo { Text = "ping+/=\u00e9" };
        var result = await Client().CallAsync(axon.Endpoint, request, Long, Ct);
        Assert.Equal((SynapseOutcome.Success, 200, "Success"), (result.Outcome, result.StatusCode, result.StatusMessage));
        Assert.True(result.IsSuccess);
        Assert.Equal("pong", result.Response.Answer);
        Assert.Equal(new Echo { Text = "ping+/=\u00e9" }, request);
        Assert.NotNull(result.AxonProcessTime);
        Assert.Equal((200, result.ProcessTime.TotalSeconds), (result.Response.Dendrite!.StatusCode, result.Response.Dendrite.ProcessTime));
        Assert.True(result.ProcessTime > TimeSpan.Zero);
    }

    [Fact]
    public async Task Concurrent_calls_to_one_axon_never_trip_over_each_others_nonces()
    {
        await using var axon = await AxonHost.StartAsync(options => options.Attach<Echo>((echo, _, _) => Task.FromResult(AxonReply.Success(echo))));
        var results = await Client().CallManyAsync(
            Enumerable.Repeat(axon.Endpoint, 300).ToArray(), new Echo { Text = "x" }, Long, Ct);
        Assert.All(results, result => Assert.Equal("Success", result.StatusMessage));
    }

    [Fact]
    public async Task Many_axons_answer_in_their_order_and_no_more_than_allowed_at_once()
    {
        var (inside, most) = (0, 0);
        var bench = new Lock();
        await using var axon = await AxonHost.StartAsync(options => options.Attach<Echo>(async (echo, _, _) =>
        {
            lock (bench) most = Math.Max(most, ++inside);
            await Task.Yield();
            lock (bench) inside--;
            return AxonReply.Success(echo);
        }));
        var dead = new AxonEndpoint("127.0.0.1", FreePort(), axon.Hotkey.Address);
        var client = Client(new DendriteOptions { MaxConcurrentCalls = 2 });
        var results = await client.CallManyAsync([axon.Endpoint, dead, .. Enumerable.Repeat(axon.Endpoint, 20)], new Echo { Text = "x" }, Long, Ct);
        Assert.Equal([SynapseOutcome.Success, SynapseOutcome.Unreachable, SynapseOutcome.Success], results.Take(3).Select(result => result.Outcome));
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task A_refusal_carries_status_words_and_the_wait()
    {
        await using var axon = await AxonHost.StartAsync(options => options.Attach<Echo>((_, _, _) =>
            Task.FromResult(AxonReply.Failure<Echo>(429, "Quota used up.", TimeSpan.FromSeconds(31)))));
        var result = await Client().CallAsync(axon.Endpoint, new Echo { Text = "x" }, Long, Ct);
        Assert.Equal((SynapseOutcome.Rejected, 429, "Quota used up."), (result.Outcome, result.StatusCode, result.StatusMessage));
        Assert.Equal(TimeSpan.FromSeconds(31), result.RetryAfter);
        Assert.Null(result.Response);
    }

    [Theory]
    [InlineData("good", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + Good, SynapseOutcome.Success, 200)]
    [InlineData("no status anywhere", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"text\":\"x\"}", SynapseOutcome.Malformed, 422)]
    [InlineData("failure inside a 200", "HTTP/1.1 200 OK\r\nbt_header_axon_status_code: 500\r\nContent-Type: application/json\r\n\r\n" + Good, SynapseOutcome.ServerError, 500)]
    [InlineData("success claimed inside a 500", "HTTP/1.1 500 Oops\r\nbt_header_axon_status_code: 200\r\nContent-Type: application/json\r\n\r\n" + Good, SynapseOutcome.ServerError, 500)]
    [InlineData("not json", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n<html>", SynapseOutcome.Malformed, 422)]
    [InlineData("null", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\nnull", SynapseOutcome.Malformed, 422)]
    [InlineData("wrong type", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"text\":7}", SynapseOutcome.Malformed, 422)]
    [InlineData("missing field", "HTTP/1.1 200 OK\r\nbt_header_axon_status_code: 200\r\nContent-Type: application/json\r\n\r\n{}", SynapseOutcome.Malformed, 422)]
    [InlineData("wrong content type", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + Good, SynapseOutcome.Malformed, 422)]
    [InlineData("no content type", "HTTP/1.1 200 OK\r\n\r\n" + Good, SynapseOutcome.Malformed, 422)]
    [InlineData("not http", "SSH-2.0-OpenSSH_9\r\n", SynapseOutcome.Malformed, 422)]
    [InlineData("redirect", "HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", SynapseOutcome.Malformed, 422)]
    [InlineData("cut short", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n" + Good, SynapseOutcome.Unreachable, 503)]
    [InlineData("cut chunk", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{", SynapseOutcome.Unreachable, 503)]
    [InlineData("closed at once", "", SynapseOutcome.Unreachable, 503)]
    [InlineData("announced too large", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20001\r\n\r\n{", SynapseOutcome.TooLarge, 413)]
    [InlineData("403 of a stock axon", "HTTP/1.1 403 Forbidden\r\nbt_header_axon_status_code: 403\r\nbt_header_axon_status_message: Forbidden. Key is blacklisted: x.\r\nContent-Length: 2\r\n\r\n{}", SynapseOutcome.Rejected, 403)]
    [InlineData("a proxy's error page", "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n<html>", SynapseOutcome.ServerError, 502)]
    public async Task Whatever_a_peer_answers_becomes_a_result(string what, string answer, SynapseOutcome outcome, int status)
    {
        await using var peer = RawServer.Answering(answer);
        var result = await Client(new DendriteOptions { MaxResponseBytes = 20_000 }).CallAsync(peer.Endpoint, new Echo { Text = "x" }, Long, Ct);
        Assert.Equal((what, outcome, status), (what, result.Outcome, result.StatusCode));
        Assert.Equal(outcome == SynapseOutcome.Success, result.Response is not null);
        Assert.NotEmpty(result.StatusMessage);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_at_the_limit()
    {
        await using var peer = new RawServer(async (stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n\""u8.ToArray(), ct);
            while (true) await stream.WriteAsync(new byte[10_000], ct);
        });
        var result = await Client(new DendriteOptions { MaxResponseBytes = 1_000_000 }).CallAsync(peer.Endpoint, new Echo { Text = "x" }, Long, Ct);
        Assert.Equal(SynapseOutcome.TooLarge, result.Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{")]
    public async Task Silence_ends_at_the_timeout(string beginning)
    {
        await using var peer = new RawServer(async (stream, ct) =>
        {
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(beginning), ct);
            await Task.Delay(Timeout.Infinite, ct);
        });
        var result = await Client().CallAsync(peer.Endpoint, new Echo { Text = "x" }, TimeSpan.FromMilliseconds(200), Ct);
        Assert.Equal((SynapseOutcome.Timeout, 408, "Request timeout after 0.2 seconds"), (result.Outcome, result.StatusCode, result.StatusMessage));
    }

    [Fact]
    public async Task Nobody_there_is_unreachable()
    {
        var result = await Client().CallAsync(new AxonEndpoint("127.0.0.1", FreePort(), _hotkey.Address), new Echo { Text = "x" }, Long, Ct);
        Assert.Equal((SynapseOutcome.Unreachable, 503), (result.Outcome, result.StatusCode));
    }

    [Theory]
    [InlineData("", 80)]
    [InlineData("not an address/", 80)]
    [InlineData("0.0.0.0", 0)]
    [InlineData("127.0.0.1", 70000)]
    public async Task An_impossible_address_is_unreachable(string ip, int port)
    {
        var result = await Client().CallAsync(new AxonEndpoint(ip, port, "x"), new Echo { Text = "x" }, Long, Ct);
        Assert.Equal((SynapseOutcome.Unreachable, 503), (result.Outcome, result.StatusCode));
    }

    [Fact]
    public void An_ipv6_axon_has_a_bracketed_address() =>
        Assert.Equal("http://[::1]:8091/", new AxonEndpoint("::1", 8091, "x").BaseAddress.AbsoluteUri);

    [Fact]
    public async Task Only_the_callers_own_cancellation_throws()
    {
        await using var peer = new RawServer((_, ct) => Task.Delay(Timeout.Infinite, ct));
        using var stop = new CancellationTokenSource();
        var call = Client().CallAsync(peer.Endpoint, new Echo { Text = "x" }, Long, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private DendriteClient Client(DendriteOptions? options = null) => new(_hotkey, _http, TimeProvider.System, options);

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
