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
        options.Attach<Echo>(HandleAsync, BlacklistAsync, caller => caller.Timeout == TimeSpan.FromSeconds(7) ? throw new TimeoutException() : 1);
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

    public static TheoryData<string, int, string> Failures => new()
    {
        { "unknown synapse", 404, "Synapse name 'Nope' not found. Available synapses ['Synapse', 'Echo']" },
        { "root path", 404, "Synapse name '' not found." },
        { "no signature", 401, "Not Verified with error: Missing Signature" },
        { "empty signature", 401, "Not Verified with error: Missing Signature" },
        { "signature not hex", 401, "Not Verified with error: Signature mismatch with " },
        { "signature of another key", 401, "Not Verified with error: Signature mismatch with " },
        { "no nonce", 401, "Not Verified with error: Missing Nonce" },
        { "no version", 401, "Not Verified with error: Missing Version" },
        { "no hotkey", 401, "Not Verified with error: Missing Hotkey" },
        { "bad hotkey", 401, "Not Verified with error: Hotkey is not an SS58 address with prefix 42" },
        { "hotkey in another spelling", 401, "Not Verified with error: Hotkey is not an SS58 address with prefix 42" },
        { "no uuid", 401, "Not Verified with error: Missing Uuid" },
        { "addressed to another axon", 401, "Not Verified with error: Signature mismatch with " },
        { "no body hash", 401, "Not Verified with error: Signature mismatch with " },
        { "old nonce", 401, "Not Verified with error: Nonce is too old: acceptable delta is 16.00 seconds but request was 17.00 seconds old" },
        { "old nonce with a huge timeout", 401, "Not Verified with error: Nonce is too old: acceptable delta is 64.00 seconds" },
        { "nonce from the future", 401, "Not Verified with error: Nonce is from the future" },
        { "body not signed", 401, "Not Verified with error: Body hash mismatch" },
        { "blacklisted", 403, "Forbidden. Key is blacklisted: not welcome." },
        { "out of quota", 429, "Come back later." },
        { "priority timeout", 408, "Response timeout after: 7.0s" },
        { "handler refuses", 503, "The picture model is not loaded." },
        { "handler throws", 500, "Internal Server Error #" },
        { "nonce not a number", 400, "Malformed request: Header bt_header_dendrite_nonce" },
        { "timeout not a number", 400, "Malformed request: Header timeout" },
        { "negative timeout", 400, "Malformed request: Header timeout" },
        { "body empty", 400, "Malformed request: the body is not a Echo" },
        { "body an array", 400, "Malformed request: the body is not a Echo" },
        { "body null", 400, "Malformed request: the body is null" },
        { "body not json", 400, "Malformed request: the body is not a Echo" },
        { "wrong field type", 400, "Malformed request: the body is not a Echo (at $.times" },
        { "null where text belongs", 400, "Malformed request: the body is not a Echo" },
        { "missing required field", 400, "Malformed request: the body is not a Echo" },
        { "nested too deep", 400, "Malformed request: the body is not a Echo" },
        { "body too large", 413, "The body is larger than 100000 bytes." },
        { "chunked body too large", 413, "The body is larger than 100000 bytes." },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_is_told_with_its_status_and_words(string situation, int status, string message)
    {
        var call = Spoil(situation);
        using var response = await call.SendAsync(_http, _axon.Address);
        var body = await JsonOf(response);
        Assert.StartsWith(message, body.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), Header(response, "bt_header_axon_status_code"));
        Assert.StartsWith(message, Header(response, "bt_header_axon_status_message"), StringComparison.Ordinal);
        Assert.Equal(_axon.Hotkey.Address, Header(response, "bt_header_axon_hotkey"));
        Assert.Equal(situation == "handler throws" || situation == "handler refuses" ? 1 : 0, _handled);
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
        call.With("bt_header_dendrite_nonce", NonceClock.Now(_time).ToString(System.Globalization.CultureInfo.InvariantCulture)).Sign();
        Assert.Equal(HttpStatusCode.OK, (await call.SendAsync(_http, _axon.Address)).StatusCode);
    }

    [Fact]
    public async Task A_quota_refusal_says_when_to_come_back()
    {
        using var response = await Spoil("out of quota").SendAsync(_http, _axon.Address);
        Assert.Equal(TimeSpan.FromSeconds(90), response.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Errors_told_to_a_proven_caller_carry_the_axons_signature()
    {
        using var response = await Spoil("blacklisted").SendAsync(_http, _axon.Address);
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

    private static ValueTask<BlacklistDecision> BlacklistAsync(AxonCaller caller, CancellationToken ct)
    {
        using var charlie = Keypair.FromUri("//Charlie");
        using var dave = Keypair.FromUri("//Dave");
        return ValueTask.FromResult(caller.Hotkey == charlie.Address ? BlacklistDecision.Refuse("not welcome")
            : caller.Hotkey == dave.Address ? new BlacklistDecision(true, "Come back later.", 429, TimeSpan.FromSeconds(89.5))
            : BlacklistDecision.Allow);
    }

    private StockCall Good() => StockCall.To(_axon, _time);

    private StockCall Spoil(string situation)
    {
        var call = Good();
        const string prefix = "bt_header_dendrite_";
        using var alice = Keypair.FromUri("//Alice");
        long now = NonceClock.Now(_time);
        return situation switch
        {
            "unknown synapse" => At(call, "Nope"),
            "root path" => At(call, ""),
            "no signature" => call.With(prefix + "signature", null),
            "empty signature" => call.With(prefix + "signature", ""),
            "signature not hex" => call.With(prefix + "signature", "0x" + new string('z', 128)),
            "signature of another key" => call.With(prefix + "signature", call.Sign("//Eve").Headers[prefix + "signature"]).With(prefix + "hotkey", alice.Address),
            "no nonce" => call.With(prefix + "nonce", null),
            "no version" => call.With(prefix + "version", null),
            "no hotkey" => call.With(prefix + "hotkey", null),
            "bad hotkey" => call.With(prefix + "hotkey", "5nobody"),
            "hotkey in another spelling" => call.With(prefix + "hotkey", Ss58.Encode(alice.PublicKey, 0)),
            "no uuid" => call.With(prefix + "uuid", null),
            "addressed to another axon" => call.With("bt_header_axon_hotkey", alice.Address).Sign(),
            "no body hash" => call.With("computed_body_hash", null),
            "old nonce" => At(call, now - 17_000_000_000),
            "old nonce with a huge timeout" => At(call.With("timeout", "86400.0"), now - 65_000_000_000),
            "nonce from the future" => At(call, now + 11_000_000_000),
            "body not signed" => Body(call, """{"text":"good bye"}"""),
            "blacklisted" => call.Sign("//Charlie"),
            "out of quota" => call.Sign("//Dave"),
            "priority timeout" => call.With("timeout", "7.0"),
            "handler refuses" => Body(call, """{"text":"hello","times":-2}"""),
            "handler throws" => Body(call, """{"text":"hello","times":-1}"""),
            "nonce not a number" => call.With(prefix + "nonce", "abc"),
            "timeout not a number" => call.With("timeout", "abc"),
            "negative timeout" => call.With("timeout", "-1.0"),
            "body empty" => Body(call, ""),
            "body an array" => Body(call, "[]"),
            "body null" => Body(call, "null"),
            "body not json" => Body(call, "<html>"),
            "wrong field type" => Body(call, """{"text":"hello","times":"many"}"""),
            "null where text belongs" => Body(call, """{"text":null}"""),
            "missing required field" => Body(call, "{}"),
            "nested too deep" => Body(call, $$"""{"text":"hello","other":{{new string('[', 100)}}{{new string(']', 100)}}}"""),
            "body too large" => Body(call, new string(' ', 100_001)),
            "chunked body too large" => Body(call.With("transfer-encoding", "chunked"), new string(' ', 300_000)),
            _ => throw new ArgumentOutOfRangeException(nameof(situation), situation, null),
        };
    }

    private static StockCall At(StockCall call, string path)
    {
        call.Path = path;
        return call;
    }

    private static StockCall At(StockCall call, long nonce) =>
        call.With("bt_header_dendrite_nonce", nonce.ToString(System.Globalization.CultureInfo.InvariantCulture)).Sign();

    private static StockCall Body(StockCall call, string body)
    {
        call.Body = Encoding.UTF8.GetBytes(body);
        return call;
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    private static async Task<JsonElement> JsonOf(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).RootElement;
}
