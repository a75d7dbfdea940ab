using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Niche.GpuEndpoint;
using Niche.Validator.Tests.Rig;

[assembly: AssemblyFixture(typeof(ReferenceEndpoint))]

namespace Niche.Validator.Tests.Rig;

/// <summary>One real endpoint with the demo models: the validator's reference, and what the miners paint with.</summary>
public sealed class ReferenceEndpoint : IAsyncLifetime
{
    private WebApplication? _app;

    public Uri Address { get; private set; } = new("http://127.0.0.1:1");

    public async ValueTask InitializeAsync()
    {
        _app = EndpointHost.Build(
            new EndpointOptions { Urls = ["http://127.0.0.1:0"], ModelsDirectory = Path.Combine(AppContext.BaseDirectory, "models"), Queue = 256 },
            services => services.AddLogging(logging => logging.ClearProviders()));
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Address = new Uri(_app.Urls.Single());
        using HttpClient http = new();
        await Until.TrueAsync(async () =>
            (await http.GetAsync(new Uri(Address, "/health/ready"), TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.OK);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }
}
