using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Axon;

/// <summary>What a stock caller sees for every way a request can go wrong, over a real Kestrel.</summary>
public sealed class AxonFailureTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly HttpClient _http = new();
    private AxonHost _axon = null!;
    private int _handled;

    public async ValueTask InitializeAsync() => _axon = await AxonHost.StartAsync(options =>
    {
        options.TimeProvider = _time;
        options.MaxBodyBytes = 100_000;
        options.KnownHotkeys = hotkey => hotkey != AddressOf("//Mallory");
        options.Attach<Echo>(HandleAsync, BlacklistAsync, Priority, Quota);
    });

    public async ValueTask DisposeAsync()
    {
        await _axon.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task A_good_stock_request_is_served_and_answered_as_the_stock_dendrite_reads_it()
    {
        using var response = await Good().SendAsync(_http, _axon.Address);
        var body = await JsonOf(response);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("200", Header(response, "bt_header_axon_status_code"));
        Assert.Equal("Success", Header(response, "bt_header_axon_status_message"));
        Assert.Equal("Echo", Header(response, "name"));
        Assert.Equal("12.0", Header(response, "timeout"));
        Assert.Equal("IiI=", Header(response, "bt_header_input_obj_text"));
        Assert.Equal(BodyHash.OfTexts(["hello"]), Header(response, "computed_body_hash"));
        Assert.All(["header_size", "total_size"], name => Assert.True(long.TryParse(Header(response, name), out _)));
        Assert.False(response.Headers.Contains("bt_header_axon_signature"));
        Assert.Equal("hello", body.GetProperty("text").GetString());
        Assert.Equal("hellohello", body.GetProperty("answer").GetString());
        Assert.Equal(200, body.GetProperty("axon").GetProperty("status_code").GetInt32());
    }

    [Fact]
    public async Task Get_with_a_body_works_as_with_the_stock_axon()
    {
        var call = Good();
        call.Method = HttpMethod.Get;
        using var response = await call.SendAsync(_http, _axon.Address);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_dendrite_of_the_body_is_echoed_in_the_headers()
    {
        var call = Good();
        call.Body = """{"text":"hello","dendrite":{"ip":"203.0.113.9","nonce":1795382311096080637,"uuid":"u","status_code":null},"axon":{"ip":"1.2.3.4","port":8091}}"""u8.ToArray();
        using var response = await call.SendAsync(_http, _axon.Address);
        Assert.Equal("1795382311096080637", Header(response, "bt_header_dendrite_nonce"));
        Assert.Equal("1.2.3.4", Header(response, "bt_header_axon_ip"));
    }

    public static TheoryData<string, int, string> Failures
    {
        get
        {
            var data = new TheoryData<string, int, string>();
            foreach (var (situation, _, status, message) in FailureCorpus.Cases) data.Add(situation, status, message);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_is_told_with_its_status_and_words(string situation, int status, string message)
    {
        var call = FailureCorpus.Spoil(Good(), situation, NonceClock.Now(_time));
        using var response = await call.SendAsync(_http, _axon.Address);
        var body = await JsonOf(response);
        Assert.StartsWith(message, body.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(status.ToString(CultureInfo.InvariantCulture), Header(response, "bt_header_axon_status_code"));
        Assert.StartsWith(message, Header(response, "bt_header_axon_status_message"), StringComparison.Ordinal);
        Assert.Equal(_axon.Hotkey.Address, Header(response, "bt_header_axon_hotkey"));
        Assert.All(
            ["version", "nonce", "uuid", "process_time"], field => Assert.NotEmpty(Header(response, "bt_header_axon_" + field)));
        Assert.Equal("127.0.0.1", Header(response, "bt_header_dendrite_ip"));
        Assert.Equal(situation == "handler throws" || situation == "handler refuses" ? 1 : 0, _handled);
    }

    [Fact]
    public void No_failure_passes_for_success_and_no_stock_refusal_is_missing()
    {
        Assert.True(FailureCorpus.Cases.Count(one => one.Stock >= 400) >= 37);
        Assert.All(FailureCorpus.Cases, one => Assert.InRange(one.Status, 400, 599));
        Assert.Equal(FailureCorpus.Cases.Count, FailureCorpus.Cases.Select(one => one.Situation).Distinct().Count());
    }

    [Fact]
    public async Task A_replayed_request_is_refused_and_a_newer_one_of_the_same_dendrite_is_served()
    {
        var call = Good();
        Assert.Equal(HttpStatusCode.OK, (await call.SendAsync(_http, _axon.Address)).StatusCode);
        using var replayed = await call.SendAsync(_http, _axon.Address);
        Assert.Equal(HttpStatusCode.Unauthorized, replayed.StatusCode);
        Assert.Contains("a newer one was last processed", await replayed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromSeconds(1));
        call.With("bt_header_dendrite_nonce", NonceClock.Now(_time).ToString(CultureInfo.InvariantCulture)).Sign();
        Assert.Equal(HttpStatusCode.OK, (await call.SendAsync(_http, _axon.Address)).StatusCode);
    }

    [Fact]
    public async Task Of_equal_requests_sent_at_once_exactly_one_is_served()
    {
        var call = Good();
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => call.SendAsync(_http, _axon.Address)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(29, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(1, _handled);
    }

    [Fact]
    public async Task A_quota_refusal_says_when_to_come_back()
    {
        using var response = await FailureCorpus.Spoil(Good(), "blacklist has a status of its own", NonceClock.Now(_time)).SendAsync(_http, _axon.Address);
        Assert.Equal(TimeSpan.FromSeconds(90), response.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Errors_told_to_a_proven_caller_carry_the_axons_signature()
    {
        using var response = await FailureCorpus.Spoil(Good(), "blacklisted", NonceClock.Now(_time)).SendAsync(_http, _axon.Address);
        var hotkey = Header(response, "bt_header_dendrite_hotkey");
        var text = string.Join('.', Header(response, "bt_header_axon_nonce"), hotkey, _axon.Hotkey.Address, Header(response, "bt_header_axon_uuid"));
        Assert.True(Keypair.Verify(_axon.Hotkey.PublicKey, Encoding.UTF8.GetBytes(text), Convert.FromHexString(Header(response, "bt_header_axon_signature")[2..])));
    }

    [Fact]
    public async Task Ping_answers_a_signed_base_synapse()
    {
        var call = Good().With("name", "Synapse").With("computed_body_hash", BodyHash.OfTexts([])).Sign();
        (call.Path, call.Body) = ("Synapse", "{}"u8.ToArray());
        using var response = await call.SendAsync(_http, _axon.Address);
        Assert.Equal("200", Header(response, "bt_header_axon_status_code"));
    }

    [Theory]
    [InlineData("PUT", "Echo", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "Echo/More", HttpStatusCode.NotFound)]
    public async Task Other_verbs_and_longer_paths_are_nobody(string method, string path, HttpStatusCode status)
    {
        var call = Good();
        (call.Method, call.Path) = (new HttpMethod(method), path);
        Assert.Equal(status, (await call.SendAsync(_http, _axon.Address)).StatusCode);
    }

    private Task<AxonReply<Echo>> HandleAsync(Echo echo, AxonCaller caller, CancellationToken ct)
    {
        Interlocked.Increment(ref _handled);
        return Task.FromResult(echo.Times switch
        {
            -1 => throw new InvalidOperationException("a detail that stays here"),
            -2 => AxonReply.Failure<Echo>(503, "The picture model is not loaded."),
            _ => AxonReply.Success(echo with { Answer = string.Concat(Enumerable.Repeat(echo.Text, echo.Times)) }),
        });
    }

    private static ValueTask<BlacklistDecision> BlacklistAsync(AxonCaller caller, CancellationToken ct) =>
        ValueTask.FromResult(
            caller.Hotkey == AddressOf("//Charlie") ? BlacklistDecision.Refuse("not welcome")
            : caller.Hotkey == AddressOf("//Dave") ? new BlacklistDecision(true, "Come back later.", 429, TimeSpan.FromSeconds(89.5))
            : caller.Hotkey == AddressOf("//Ferdie") ? throw new InvalidOperationException("a detail that stays here")
            : BlacklistDecision.Allow);

    private static double Priority(AxonCaller caller) => caller.Timeout!.Value.TotalSeconds switch
    {
        7 => throw new TimeoutException(),
        8 => throw new InvalidOperationException("a detail that stays here"),
        _ => 1,
    };

    private static TimeSpan? Quota(AxonCaller caller) => caller.Hotkey == AddressOf("//George") ? TimeSpan.FromSeconds(30) : null;

    private static string AddressOf(string uri)
    {
        using var key = Keypair.FromUri(uri);
        return key.Address;
    }

    private StockCall Good() => StockCall.To(_axon, _time);

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    private static async Task<JsonElement> JsonOf(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).RootElement;
}
