using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Status;

/// <summary>Studio's files, and paths and methods that nothing answers to.</summary>
public sealed class PathTests(SharedSubnet shared)
{
    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/index.html", "text/html")]
    [InlineData("/js/main.js", "text/javascript")]
    [InlineData("/css/base.css", "text/css")]
    [InlineData("/favicon.svg", "image/svg+xml")]
    public async Task Studio_comes_with_the_headers_that_protect_it(string path, string type)
    {
        (HttpResponseMessage response, _) = await shared.Http.SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        (HttpResponseMessage same, _) = await shared.Http.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", response.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        (HttpResponseMessage head, _) = await shared.Http.SendAsync(HttpMethod.Head, path);
        Assert.Equal((HttpStatusCode.OK, response.Content.Headers.ContentLength), (head.StatusCode, head.Content.Headers.ContentLength));
    }

    [Theory]
    [InlineData("GET", "/v1")]
    [InlineData("GET", "/v1/unknown")]
    [InlineData("GET", "/host.json")]
    [InlineData("GET", "/js")]
    [InlineData("GET", "/js/")]
    [InlineData("GET", "/INDEX.HTML")]
    [InlineData("GET", "/v1/jobs")]
    [InlineData("POST", "/")]
    [InlineData("POST", "/v1/models")]
    [InlineData("PUT", "/v1/jobs")]
    [InlineData("PATCH", "/v1/jobs/0000000000000000000000000v")]
    [InlineData("DELETE", "/v1/models")]
    [InlineData("OPTIONS", "/v1/jobs")]
    [InlineData("GET", "/..%2fhost.json")]
    [InlineData("GET", "/%2e%2e/host.json")]
    [InlineData("GET", "/js/..%5c..%5chost.json")]
    [InlineData("GET", "/..%252fhost.json")]
    public async Task Nothing_else_is_answered_and_the_answer_is_a_problem(string method, string path)
    {
        (HttpResponseMessage response, JsonNode? problem) = await shared.Http.SendAsync(new HttpMethod(method), path);
        Talk.AssertProblem(response, problem, 404, "not_found");
    }

    [Fact]
    public async Task A_path_is_not_repeated_in_the_answer()
    {
        (HttpResponseMessage response, JsonNode? problem) = await shared.Http.SendAsync(HttpMethod.Get, "/%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        Talk.AssertProblem(response, problem, 404, "not_found");
        Assert.DoesNotContain("script", problem!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/%00")]
    [InlineData("/v1/jobs/%00")]
    [InlineData("/../host.json")]
    [InlineData("/js/../../host.json")]
    [InlineData("//host.json")]
    [InlineData("/./../../../../etc/passwd")]
    [InlineData("/\\..\\host.json")]
    public async Task Raw_paths_that_climb_get_nothing(string path)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, shared.Subnet.Url.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using StreamReader reader = new(client.GetStream());
        string answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken).Soon();
        Assert.Matches(@"^HTTP/1\.1 40[04] ", answer);
        Assert.DoesNotContain("functionTimeout", answer, StringComparison.Ordinal);
    }
}
