using System.Net;
using System.Text;
using CsCheck;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Axon;

/// <summary>A synapse of our own: path and body bound by a required hash field, with stock peers on either end.</summary>
public sealed class BoundSynapseTests : IDisposable
{
    private readonly HttpClient _http = new(DendriteClient.CreateHandler());
    private readonly Keypair _alice = Keypair.FromUri("//Alice");
    private AxonCaller? _seen;

    public void Dispose()
    {
        _http.Dispose();
        _alice.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Our_dendrite_binds_by_the_field_alone_and_our_axon_knows(bool bind)
    {
        await using var axon = await StartAsync();
        var dendrite = new DendriteClient(_alice, _http, TimeProvider.System, new DendriteOptions { BindBody = bind });
        var result = await dendrite.CallAsync(
            axon.Endpoint, new BoundEcho { Text = "h\u00e9", Times = 3 }, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(result.IsSuccess, result.StatusMessage);
        Assert.Equal((bind, bind ? 64 : 0), (_seen!.BodyBound, result.Response.BodyDigest.Length));
    }

    [Fact]
    public async Task A_stock_dendrite_that_leaves_the_field_empty_is_served_unless_binding_is_required()
    {
        await using var open = await StartAsync();
        using var served = await Call(open, """{"text": "hello", "body_digest": ""}""", "").SendAsync(_http, open.Address);
        await using var strict = await StartAsync(options => options.RequireBodyBinding = true);
        using var refused = await Call(strict, """{"text": "hello", "body_digest": ""}""", "").SendAsync(_http, strict.Address);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (served.StatusCode, refused.StatusCode));
        Assert.False(_seen!.BodyBound);
    }

    [Theory]
    [InlineData("""{"text": "hello", "times": 2, "body_digest": "D"}""", HttpStatusCode.OK)]
    [InlineData("""{"body_digest": "D", "name": "changed", "timeout": 3.5, "text": "hello", "times": 2}""", HttpStatusCode.OK)]
    [InlineData("""{"text": "hello", "times": 3, "body_digest": "D"}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"text": "hello", "times": 2, "more": 1, "body_digest": "D"}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"text": "hello", "body_digest": "D"}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"text": "hello", "times": 2}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"text": "hello", "times": 2, "body_digest": ""}""", HttpStatusCode.Unauthorized)]
    public async Task A_bound_body_can_not_be_changed_and_its_digest_not_taken_out(string sent, HttpStatusCode status)
    {
        await using var axon = await StartAsync();
        var digest = BodyDigest.Compute("BoundEcho", """{"text": "hello", "times": 2}"""u8);
        using var response = await Call(axon, sent.Replace("D\"", digest + "\"", StringComparison.Ordinal), digest).SendAsync(_http, axon.Address);
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_digest_made_for_another_path_does_not_count()
    {
        await using var axon = await StartAsync();
        var digest = BodyDigest.Compute("Other", """{"text": "hello"}"""u8);
        using var response = await Call(axon, $$"""{"text": "hello", "body_digest": "{{digest}}"}""", digest).SendAsync(_http, axon.Address);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public void Every_byte_of_what_it_covers_counts() =>
        Gen.Select(Gen.Int[1, 300], Gen.Char['!', '~']).Sample((at, value) =>
        {
            var body = """{"a": [1, {"b": "c"}], "name": "x", "dendrite": {"ip": "y"}, "text": "hello"}""";
            var index = at % body.Length;
            var other = body[..index] + value + body[(index + 1)..];
            var covered = index < 21 || index > body.IndexOf(", \"text", StringComparison.Ordinal);
            try
            {
                return !covered || other == body || BodyDigest.Compute("N", Encoding.ASCII.GetBytes(other)) != BodyDigest.Compute("N", Encoding.ASCII.GetBytes(body));
            }
            catch (System.Text.Json.JsonException)
            {
                return true;
            }
        });

    [Fact]
    public void Bytes_that_are_no_object_have_no_digest() =>
        Gen.OneOf(Gen.Byte.Array[0, 40], OneOf("{", "}", "[", "]", "\"\\ud83d\"", "\"a\"", ":", ",", "7").Array[1, 9].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts))))
            .Sample(
                bytes =>
                {
                    try
                    {
                        using var document = System.Text.Json.JsonDocument.Parse(BodyDigest.Compute("N", bytes) is null ? [] : bytes);
                        return document.RootElement.ValueKind == System.Text.Json.JsonValueKind.Object;
                    }
                    catch (System.Text.Json.JsonException)
                    {
                        return true;
                    }
                },
                iter: 20_000);

    private Task<AxonHost> StartAsync(Action<AxonOptions>? configure = null) => AxonHost.StartAsync(options =>
    {
        configure?.Invoke(options);
        options.Attach<BoundEcho>((echo, caller, _) =>
        {
            _seen = caller;
            return Task.FromResult(AxonReply.Success(echo));
        });
    });

    private static StockCall Call(AxonHost axon, string body, string digest)
    {
        var call = StockCall.To(axon).With("name", "BoundEcho").With("computed_body_hash", BodyHash.OfTexts(["hello", digest])).Sign();
        (call.Path, call.Body) = ("BoundEcho", Encoding.UTF8.GetBytes(body));
        return call;
    }

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);
}
