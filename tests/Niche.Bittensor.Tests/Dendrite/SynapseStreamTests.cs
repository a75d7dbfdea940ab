using System.Runtime.CompilerServices;
using System.Text;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Axon;

namespace Niche.Bittensor.Tests.Dendrite;

public sealed class SynapseStreamTests : IDisposable
{
    private const string Head = "HTTP/1.1 200 OK\r\nbt_header_axon_status_code: 200\r\nContent-Type: text/event-stream\r\n";
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
    public async Task Pieces_arrive_while_the_axon_still_works()
    {
        var next = new SemaphoreSlim(1);
        await using var axon = await AxonHost.StartAsync(options => options.AttachStream<Echo>((echo, _, ct) =>
            Task.FromResult(AxonStreamReply.Success(Stepwise(echo.Text, next, ct)))));
        var stream = Client().StreamAsync(axon.Endpoint, new Echo { Text = "h\u00e9llo \ud83d\ude00" }, Long);
        var text = new StringBuilder();

        // The axon gives the next piece only after this one was seen here: a buffered answer would never end.
        await foreach (var piece in stream.WithCancellation(Ct))
        {
            text.Append(piece);
            next.Release();
        }

        Assert.Equal("h\u00e9llo \ud83d\ude00", text.ToString());
        var end = await stream.Completion;
        Assert.Equal((SynapseOutcome.Success, 200), (end.Outcome, end.StatusCode));
        Assert.True(end.TimeToFirstPiece <= end.ProcessTime);
    }

    [Fact]
    public async Task Headers_say_success_before_the_first_piece()
    {
        await using var axon = await AxonHost.StartAsync(options => options.AttachStream<Echo>((echo, _, ct) =>
            Task.FromResult(AxonStreamReply.Success(Pieces("a", "b")))));
        using var response = await StockCall.To(axon).SendAsync(_http, axon.Address);
        Assert.Equal("200", response.Headers.GetValues("bt_header_axon_status_code").Single());
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("ab", await response.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task A_refusal_before_the_stream_is_told_plainly()
    {
        var (pieces, end) = await ReadAsync(_ => Task.FromResult(AxonStreamReply.Failure(429, "Busy.", TimeSpan.FromSeconds(5))));
        Assert.Empty(pieces);
        Assert.Equal((SynapseOutcome.Rejected, 429, "Busy."), (end.Outcome, end.StatusCode, end.StatusMessage));
        Assert.Equal(TimeSpan.FromSeconds(5), end.RetryAfter);
    }

    [Fact]
    public async Task A_handler_that_fails_before_the_first_piece_is_a_server_error()
    {
        var (pieces, end) = await ReadAsync(_ => Task.FromResult(AxonStreamReply.Success(Broken())));
        Assert.Empty(pieces);
        Assert.Equal((SynapseOutcome.ServerError, 500), (end.Outcome, end.StatusCode));
    }

    [Fact]
    public async Task A_handler_that_fails_midway_never_passes_for_complete()
    {
        var (pieces, end) = await ReadAsync(_ => Task.FromResult(AxonStreamReply.Success(Broken("one"))));

        // The reset that breaks the connection may overtake the piece.
        Assert.StartsWith(string.Concat(pieces), "one", StringComparison.Ordinal);
        Assert.Equal(SynapseOutcome.Unreachable, end.Outcome);
    }

    [Fact]
    public async Task An_empty_stream_is_a_success()
    {
        var (pieces, end) = await ReadAsync(_ => Task.FromResult(AxonStreamReply.Success(Pieces())));
        Assert.Empty(pieces);
        Assert.Equal(SynapseOutcome.Success, end.Outcome);
    }

    [Fact]
    public async Task Leaving_early_ends_the_axons_work()
    {
        var ended = new TaskCompletionSource();
        await using var axon = await AxonHost.StartAsync(options => options.AttachStream<Echo>((_, _, ct) =>
            Task.FromResult(AxonStreamReply.Success(Endless(ended, ct)))));
        var stream = Client().StreamAsync(axon.Endpoint, new Echo { Text = "x" }, Long);
        await foreach (var piece in stream.WithCancellation(Ct)) break;
        Assert.Equal(SynapseOutcome.Cancelled, (await stream.Completion).Outcome);
        await ended.Task.WaitAsync(Long, Ct);
    }

    [Fact]
    public void A_stream_is_one_call()
    {
        var stream = Client().StreamAsync(new AxonEndpoint("127.0.0.1", 1, "x"), new Echo { Text = "x" }, Long);
        _ = stream.GetAsyncEnumerator(Ct);
        Assert.Throws<InvalidOperationException>(() => stream.GetAsyncEnumerator(Ct));
    }

    [Theory]
    [InlineData("cut short", Head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", SynapseOutcome.Unreachable)]
    [InlineData("complete", Head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", SynapseOutcome.Success)]
    [InlineData("not utf-8", Head + "\r\n\xff\xfe", SynapseOutcome.Malformed)]
    [InlineData("half a character", Head + "\r\n\xc3", SynapseOutcome.Malformed)]
    [InlineData("no axon behind it", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nhello", SynapseOutcome.Malformed)]
    [InlineData("too long", Head + "\r\n0123456789012345678901234567890123456789", SynapseOutcome.TooLarge)]
    public async Task Whatever_a_peer_streams_becomes_a_result(string what, string answer, SynapseOutcome outcome)
    {
        await using var peer = RawServer.Answering(answer);
        var stream = Client(new DendriteOptions { MaxResponseBytes = 30 }).StreamAsync(peer.Endpoint, new Echo { Text = "x" }, Long);
        await foreach (var piece in stream.WithCancellation(Ct)) Assert.NotEmpty(piece);
        Assert.Equal((what, outcome), (what, (await stream.Completion).Outcome));
    }

    [Fact]
    public async Task A_stream_that_stalls_ends_at_the_timeout()
    {
        await using var peer = new RawServer(async (socket, ct) =>
        {
            await socket.WriteAsync(Encoding.ASCII.GetBytes(Head + "\r\nfirst"), ct);
            await Task.Delay(Timeout.Infinite, ct);
        });
        var stream = Client().StreamAsync(peer.Endpoint, new Echo { Text = "x" }, TimeSpan.FromMilliseconds(300));
        await foreach (var piece in stream.WithCancellation(Ct)) Assert.Equal("first", piece);
        Assert.Equal((SynapseOutcome.Timeout, 408), ((await stream.Completion).Outcome, (await stream.Completion).StatusCode));
    }

    private async Task<(List<string> Pieces, StreamCompletion End)> ReadAsync(Func<Echo, Task<AxonStreamReply>> handler)
    {
        await using var axon = await AxonHost.StartAsync(options => options.AttachStream<Echo>((echo, _, _) => handler(echo)));
        var stream = Client().StreamAsync(axon.Endpoint, new Echo { Text = "x" }, Long);
        var pieces = new List<string>();
        await foreach (var piece in stream.WithCancellation(Ct)) pieces.Add(piece);
        return (pieces, await stream.Completion);
    }

    private DendriteClient Client(DendriteOptions? options = null) => new(_hotkey, _http, TimeProvider.System, options);

    private static async IAsyncEnumerable<string> Stepwise(string text, SemaphoreSlim next, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            await next.WaitAsync(ct);
            yield return rune.ToString();
        }
    }

    private static async IAsyncEnumerable<string> Pieces(params string[] pieces)
    {
        foreach (var piece in pieces)
        {
            await Task.Yield();
            yield return piece;
        }
    }

    private static async IAsyncEnumerable<string> Broken(params string[] before)
    {
        await foreach (var piece in Pieces(before)) yield return piece;
        throw new InvalidOperationException("a detail that stays here");
    }

    private static async IAsyncEnumerable<string> Endless(TaskCompletionSource ended, [EnumeratorCancellation] CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await Task.Yield();
                ct.ThrowIfCancellationRequested();
                yield return new string('x', 1000);
            }
        }
        finally
        {
            ended.SetResult();
        }
    }
}
