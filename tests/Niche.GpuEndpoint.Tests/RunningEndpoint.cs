using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Tests;

[assembly: AssemblyFixture(typeof(RunningEndpoint))]

namespace Niche.GpuEndpoint.Tests;

/// <summary>A real endpoint on a free port with the real models.</summary>
public sealed class RunningEndpoint : IAsyncLifetime
{
    private readonly WebApplication _app;

    public RunningEndpoint()
        : this(new EndpointOptions { Threads = 2 }, null)
    {
    }

    private RunningEndpoint(EndpointOptions options, Action<IServiceCollection>? services) =>
        _app = EndpointHost.Build(options with { Urls = ["http://127.0.0.1:0"] }, services);

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public ModelStore Store => _app.Services.GetRequiredService<ModelStore>();

    public static async Task<RunningEndpoint> StartAsync(EndpointOptions? options = null, Action<IServiceCollection>? services = null,
        bool waitUntilReady = true)
    {
        var endpoint = new RunningEndpoint(options ?? new EndpointOptions { Threads = 2 }, services);
        await endpoint.StartAsync(waitUntilReady);
        return endpoint;
    }

    public async ValueTask InitializeAsync() => await StartAsync(waitUntilReady: true);

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync(path, content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    public async Task<byte[]> PaintAsync(string body)
    {
        var (status, answer) = await PostAsync("/generate", body);
        Assert.True(status == HttpStatusCode.OK, answer.ToString());
        return answer.GetProperty("image").GetBytesFromBase64();
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private async Task StartAsync(bool waitUntilReady)
    {
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        while (waitUntilReady)
        {
            using var response = await Client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            if (response.IsSuccessStatusCode) return;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
