using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Images;

/// <summary>Pictures over HTTP: caching, conditions, and what lies beside them.</summary>
public sealed class ImageTests(SharedSubnet shared)
{
    [Fact]
    public async Task A_picture_may_be_kept_for_ever_and_has_a_tag()
    {
        (string url, HttpResponseMessage response, byte[] bytes) = await GetAsync();
        Assert.Equal("image/png", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(response.Headers.CacheControl!.Private);
        Assert.Contains("immutable", response.Headers.CacheControl.ToString(), StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
        (HttpResponseMessage same, _) = await shared.Http.SendAsync(HttpMethod.Get, url, null, ("If-None-Match", response.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        (HttpResponseMessage other, _) = await shared.Http.SendAsync(HttpMethod.Get, url, null, ("If-None-Match", "\"other\""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task The_head_of_a_picture_has_its_length_and_no_body()
    {
        (string url, _, byte[] bytes) = await GetAsync();
        (HttpResponseMessage head, _) = await shared.Http.SendAsync(HttpMethod.Head, url);
        Assert.Equal((HttpStatusCode.OK, bytes.Length), (head.StatusCode, (int)head.Content.Headers.ContentLength!));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_receipt_speaks_of_the_very_bytes()
    {
        JsonNode job = await shared.Http.PaintAsync();
        JsonNode result = job["results"]![0]!;
        byte[] bytes = await shared.Http.GetByteArrayAsync((string)result["url"]!, TestContext.Current.CancellationToken);
        JsonNode receipt = await shared.Http.GetJsonAsync("/v1/receipts/" + (string)result["receipt_id"]!);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), (string?)receipt["image_sha256"]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("a red lighthouse by the sea at night"u8)), (string?)receipt["prompt_sha256"]);
        Assert.Equal((string?)job["id"], (string?)receipt["job_id"]);
        Assert.DoesNotContain("lighthouse", receipt.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.png")]
    [InlineData("00.png")]
    [InlineData("0.jpg")]
    [InlineData("0.png%0a")]
    [InlineData("..%2f0.png")]
    [InlineData("%2e%2e")]
    [InlineData("0.png%2f..%2f0.png")]
    public async Task Only_the_names_of_pictures_are_answered(string file)
    {
        string id = (string)(await shared.Http.PaintAsync())["id"]!;
        (HttpResponseMessage response, JsonNode? problem) = await shared.Http.SendAsync(HttpMethod.Get, $"/v1/images/{id}/{file}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Talk.AssertProblem(response, problem, 404, (string)problem!["code"]!);
    }

    [Fact]
    public async Task The_openai_shape_answers_by_address_and_in_base64()
    {
        (HttpResponseMessage byUrl, JsonNode? url) = await shared.Http.PostAsync("/v1/images/generations", Body("url"));
        (HttpResponseMessage inline, JsonNode? base64) = await shared.Http.PostAsync("/v1/images/generations", Body("b64_json"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (byUrl.StatusCode, inline.StatusCode));
        Uri address = new((string)url!["data"]![0]!["url"]!);
        Assert.Equal(shared.Subnet.Url.Authority, address.Authority);
        byte[] fetched = await shared.Http.GetByteArrayAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(fetched, Convert.FromBase64String((string)base64!["data"]![0]!["b64_json"]!));
        Assert.Null(base64["data"]![0]!["url"]);
        Assert.Equal(5, (long)url["data"]![0]!["seed"]!);
        static string Body(string format) => $$"""{"prompt":"{{Talk.Prompt}}","n":2,"size":"auto","steps":2,"seed":5,"response_format":"{{format}}"}""";
    }

    private async Task<(string Url, HttpResponseMessage Response, byte[] Bytes)> GetAsync()
    {
        string url = (string)(await shared.Http.PaintAsync())["results"]![0]!["url"]!;
        HttpResponseMessage response = await shared.Http.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (url, response, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
