using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Niche.GpuEndpoint.Tests.Upstream;

/// <summary>A real endpoint with one model, <c>far</c>, whose texts a stand-in makes.</summary>
internal sealed class PassedThrough : IAsyncDisposable
{
    private readonly TextModels _models = new();

    private PassedThrough(StandInServer server) => Server = server;

    public StandInServer Server { get; }

    public RunningEndpoint Endpoint { get; private set; } = null!;

    /// <summary>Starts both and waits until the endpoint has seen the server.</summary>
    public static async Task<PassedThrough> StartAsync(bool vllm = true, string more = "", Action<StandInServer>? prepare = null, bool wait = true, Action<IServiceCollection>? services = null)
    {
        var both = new PassedThrough(await StandInServer.StartAsync(vllm));
        prepare?.Invoke(both.Server);
        both._models.AddManifest("far", Manifest(both.Server.Url, more));
        both.Endpoint = await RunningEndpoint.StartAsync(
            new EndpointOptions { Threads = 1, ModelsDirectory = both._models.Root, UpstreamWatch = TimeSpan.FromMilliseconds(50), TextBatch = 1 }, services);
        if (wait) await both.UntilAsync(HttpStatusCode.OK);
        return both;
    }

    public static string Manifest(string url, string more) =>
        $$""","tokens":{"min":1,"max":63,"default":12},"context":4096,"passThrough":{"url":"{{url}}","model":"tiny"{{more}}}""";

    /// <summary>Waits until the model's health is of this status and says this.</summary>
    public async Task UntilAsync(HttpStatusCode status, string said = "")
    {
        while (true)
        {
            using var response = await Endpoint.Client.GetAsync("/health/model/far", TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (response.StatusCode == status && text.Contains(said, StringComparison.Ordinal)) return;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Endpoint.DisposeAsync();
        await Server.DisposeAsync();
        _models.Dispose();
    }
}
