using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Niche.GpuEndpoint;
using Niche.Inference.Models;
using Niche.Miner.Tests.Rig;

[assembly: AssemblyFixture(typeof(DemoEndpoint))]

namespace Niche.Miner.Tests.Rig;

/// <summary>One real endpoint with the demo models for all tests: loading them takes a second.</summary>
public sealed class DemoEndpoint : IAsyncLifetime
{
    private WebApplication? _app;

    public Uri Address { get; private set; } = new("http://127.0.0.1:1");

    public async ValueTask InitializeAsync()
    {
        _app = EndpointHost.Build(
            new EndpointOptions
            {
                Urls = ["http://127.0.0.1:0"],
                ModelsDirectory = Path.Combine(AppContext.BaseDirectory, "models"),
                Only = [ModelKind.Image, ModelKind.Text],
            },
            services => services.AddLogging(logging => logging.ClearProviders()));
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Address = new Uri(_app.Urls.Single());
        using var http = new HttpClient();
        while ((await http.GetAsync(new Uri(Address, "/health/ready"), TestContext.Current.CancellationToken)).StatusCode != HttpStatusCode.OK)
            await Task.Yield();
    }

    /// <summary>Asks the endpoint directly.</summary>
    public async Task<JsonElement> GenerateAsync(object body)
    {
        using var http = new HttpClient();
        using var response = await http.PostAsJsonAsync(new Uri(Address, "/generate"), body, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }
}
