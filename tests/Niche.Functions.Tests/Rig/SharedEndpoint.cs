using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Niche.GpuEndpoint;

namespace Niche.Functions.Tests.Rig;

/// <summary>One real endpoint with the demo models, for the miners and for the validator's references: loading takes seconds.</summary>
public sealed class SharedEndpoint : IAsyncLifetime
{
    private readonly WebApplication _app = EndpointHost.Build(
        new EndpointOptions { Urls = ["http://127.0.0.1:0"], Threads = 2, ModelsDirectory = Path.Combine(AppContext.BaseDirectory, "models") },
        services => services.AddLogging(logging => logging.ClearProviders()));

    public Uri Address => new(_app.Urls.First());

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync();
        using HttpClient http = new() { BaseAddress = Address };
        await Eventually.TrueAsync(async () =>
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
