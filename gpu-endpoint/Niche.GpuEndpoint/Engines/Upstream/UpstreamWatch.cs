using System.Text.Json;
using Niche.GpuEndpoint.Models;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>Looks after the servers of pass-through models: whether they answer, whether they have the model, what they understand.</summary>
internal sealed partial class UpstreamWatch(ModelStore store, UpstreamClient client, UpstreamStates states, EndpointOptions options, TimeProvider time, ILogger<UpstreamWatch> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.UpstreamWatch, time);
        try
        {
            do
            {
                await Task.WhenAll(store.Served.Where(folder => folder.Manifest.PassThrough is not null).Select(folder => LookAsync(folder, stoppingToken)));
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The endpoint stops.
        }
    }

    private async Task LookAsync(ModelFolder folder, CancellationToken cancellation)
    {
        var state = await SeeAsync(folder, cancellation);
        if (!states.Set(folder, state)) return;
        if (state.Away is null) Back(folder.Manifest.Name, state.Dialect);
        else Away(folder.Manifest.Name, state.Away);
    }

    private async Task<UpstreamState> SeeAsync(ModelFolder folder, CancellationToken cancellation)
    {
        var (server, before) = (folder.Manifest.PassThrough!, states.Of(folder));
        try
        {
            var models = UpstreamJson.Items(await client.AskAsync(server with { Silence = Math.Min(server.Silence ?? 5, 5) }, "/v1/models", null, cancellation), "data");
            var wanted = server.Model ?? folder.Manifest.Name;
            var found = models.FirstOrDefault(model => UpstreamJson.Text(model, "id") == wanted);
            return found.ValueKind == JsonValueKind.Object ? new UpstreamState(null, DialectOf(found)) : before with { Away = $"it does not serve '{wanted}'" };
        }
        catch (UpstreamException e)
        {
            return before with { Away = e.Why ?? UpstreamFault.Readable(e.Message) };
        }
    }

    private static UpstreamDialect DialectOf(JsonElement model) => UpstreamJson.Text(model, "owned_by") switch
    {
        "vllm" => UpstreamDialect.Vllm,
        "llamacpp" => UpstreamDialect.LlamaCpp,
        "niche" => UpstreamDialect.Niche,
        _ => UpstreamDialect.Common,
    };

    [LoggerMessage(LogLevel.Information, "The server of {Model} answers ({Dialect})")]
    private partial void Back(string model, UpstreamDialect dialect);

    [LoggerMessage(LogLevel.Warning, "The server of {Model} is away: {Why}")]
    private partial void Away(string model, string why);
}
