using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Axon;

/// <summary>What an axon does about floods.</summary>
public sealed class DefenceTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly HttpClient _http = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task An_address_that_sends_wrong_signatures_waits_for_the_next_minute()
    {
        await using var axon = await StartAsync(options => options.MaxWrongSignaturesPerMinute = 3);
        var wrong = StockCall.To(axon, _time).With("bt_header_dendrite_signature", "0x" + new string('0', 128));
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await wrong.SendAsync(_http, axon.Address)).StatusCode);

        using var refused = await StockCall.To(axon, _time).SendAsync(_http, axon.Address);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(60), refused.Headers.RetryAfter!.Delta);

        _time.Advance(TimeSpan.FromSeconds(60));
        using var served = await StockCall.To(axon, _time).SendAsync(_http, axon.Address);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2", false)]
    public void Strikes_count_for_an_address_or_an_ipv6_network(string struck, string asking, bool together)
    {
        var strikes = new PeerStrikes(_time, 1);
        Assert.Null(strikes.WaitOf(IPAddress.Parse(struck)));
        strikes.Add(IPAddress.Parse(struck));
        Assert.NotNull(strikes.WaitOf(IPAddress.Parse(struck)));
        Assert.Equal(together, strikes.WaitOf(IPAddress.Parse(asking)) is not null);
    }

    [Fact]
    public async Task Headers_beyond_the_limit_are_told_431()
    {
        await using var axon = await StartAsync(_ => { }, new AxonLimits { MaxHeaderBytes = 4096, MaxHeaders = 30 });
        using var large = await StockCall.To(axon, _time).With("x-large", new string('x', 4096)).SendAsync(_http, axon.Address);
        var many = StockCall.To(axon, _time);
        for (var i = 0; i < 30; i++) many.With($"x-{i}", "x");
        using var numerous = await many.SendAsync(_http, axon.Address);
        Assert.Equal((431, 431), ((int)large.StatusCode, (int)numerous.StatusCode));
    }

    [Fact]
    public async Task One_address_gets_so_many_connections_and_more_once_it_closes_some()
    {
        await using var axon = await StartAsync(_ => { }, new AxonLimits { MaxConnectionsPerAddress = 2 });
        using (await ConnectAsync(axon, answered: true))
        using (await ConnectAsync(axon, answered: true))
        using (await ConnectAsync(axon, answered: false))
        {
        }

        for (var closed = false; !closed;)
        {
            using var again = await ConnectAsync(axon, answered: null);
            closed = await AnswersAsync(again);
        }
    }

    [Fact]
    public void A_caller_gets_its_allowance_at_once_and_then_at_the_rate_of_the_interval()
    {
        var quota = new CallerQuota(caller => caller.Hotkey == "rich" ? 10 : caller.Hotkey == "none" ? 0 : 2, TimeSpan.FromSeconds(60), _time);
        Assert.Equal(10, Enumerable.Range(0, 20).Count(_ => quota.Take(Caller("rich")) is null));
        Assert.Equal(2, Enumerable.Range(0, 20).Count(_ => quota.Take(Caller("poor")) is null));
        Assert.Equal(TimeSpan.FromSeconds(60), quota.Take(Caller("none")));
        Assert.Equal(TimeSpan.FromSeconds(30), quota.Take(Caller("poor")));
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(TimeSpan.FromSeconds(24), quota.Take(Caller("poor")));
        Assert.Null(quota.Take(Caller("rich")));
        Assert.NotNull(quota.Take(Caller("rich")));
    }

    [Fact]
    public async Task Quota_is_per_caller_and_says_when_to_come_back()
    {
        var quota = new CallerQuota(_ => 1, TimeSpan.FromSeconds(100), _time);
        await using var axon = await AxonHost.StartAsync(options =>
        {
            options.TimeProvider = _time;
            options.Attach<Echo>((echo, _, _) => Task.FromResult(AxonReply.Success(echo)), quota: quota.Take);
        });
        Assert.Equal(HttpStatusCode.OK, (await StockCall.To(axon, _time).SendAsync(_http, axon.Address)).StatusCode);
        using var refused = await StockCall.To(axon, _time).SendAsync(_http, axon.Address);
        Assert.Equal((429, TimeSpan.FromSeconds(100)), ((int)refused.StatusCode, refused.Headers.RetryAfter!.Delta));
        Assert.Equal(HttpStatusCode.OK, (await StockCall.To(axon, _time).Sign("//Bob").SendAsync(_http, axon.Address)).StatusCode);
    }

    private Task<AxonHost> StartAsync(Action<AxonOptions> configure, AxonLimits? limits = null) => AxonHost.StartAsync(
        options =>
        {
            options.TimeProvider = _time;
            options.Attach<Echo>((echo, _, _) => Task.FromResult(AxonReply.Success(echo)));
            configure(options);
        },
        limits);

    private static AxonCaller Caller(string hotkey) => new(hotkey, "u", 1, 10_002_000, null, null, false);

    private static async Task<Socket> ConnectAsync(AxonHost axon, bool? answered)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", axon.Address.Port, Ct);
        }
        catch (SocketException) when (answered != true)
        {
            return socket; // Closed before we were told that it was open.
        }

        if (answered is { } expected) Assert.Equal(expected, await AnswersAsync(socket));
        return socket;
    }

    private static async Task<bool> AnswersAsync(Socket socket)
    {
        try
        {
            await socket.SendAsync("POST /Nope HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), Ct);
            var buffer = new byte[4096];
            var read = await socket.ReceiveAsync(buffer, Ct);
            return Encoding.ASCII.GetString(buffer, 0, read).StartsWith("HTTP/1.1 404", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false; // Closed in our face: that is the limit.
        }
    }
}
