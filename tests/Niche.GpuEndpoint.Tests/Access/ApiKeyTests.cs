using System.Net;
using System.Net.Http.Headers;
using Niche.GpuEndpoint.Access;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Tests.Access;

public sealed class ApiKeyTests
{
    private const string Key = "a-key-of-this-test";

    [Theory]
    [InlineData("/models", null, 401)]
    [InlineData("/models", "Bearer another-key-altogether", 401)]
    [InlineData("/models", "Basic " + Key, 401)]
    [InlineData("/models", "Bearer " + Key, 200)]
    [InlineData("/metrics", null, 401)]
    [InlineData("/v1/models", null, 401)]
    [InlineData("/no-such-route", null, 401)]
    [InlineData("/health/live", null, 200)]
    [InlineData("/health/ready", null, 200)]
    public async Task With_a_key_every_route_but_health_asks_for_it(string path, string? authorization, int status)
    {
        await using var endpoint = await RunningEndpoint.StartAsync(new EndpointOptions { Threads = 1, Only = [ModelKind.Text], ApiKey = ApiKey.Of($" {Key}\n") });
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null) request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);

        using var response = await endpoint.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal(status == 401, response.Headers.WwwAuthenticate.Count > 0);
    }

    [Fact]
    public void A_key_too_short_is_refused_and_a_key_is_never_shown()
    {
        Assert.Throws<ArgumentException>(() => ApiKey.Of("short  "));
        Assert.DoesNotContain(Key, new EndpointOptions { ApiKey = ApiKey.Of(Key) }.ToString(), StringComparison.Ordinal);
    }
}
