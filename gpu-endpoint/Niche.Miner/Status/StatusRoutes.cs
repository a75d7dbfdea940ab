using System.Net;
using System.Text.Json;
using Niche.Bittensor.Axon;
using Niche.Miner.Admission;
using Niche.Miner.Endpoints;
using Niche.Miner.Network;

namespace Niche.Miner.Status;

/// <summary>Health for orchestrators, and the operator's view for callers on this machine only.</summary>
internal sealed class StatusRoutes(
    MinerOptions options, MetagraphWatch network, EndpointPool pool, FairGate gate, Tally tally)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", (RequestDelegate)(http => WriteAsync(http, 200, "live")));
        routes.MapGet("/health/ready", (RequestDelegate)(http =>
            (network.Current, pool.IsKnown) switch
            {
                (null, _) => WriteAsync(http, 503, "waiting for the metagraph"),
                (_, false) => WriteAsync(http, 503, "waiting for an endpoint"),
                _ => WriteAsync(http, 200, "ready"),
            }));
        routes.MapGet("/status", (RequestDelegate)StatusAsync);
    }

    private Task StatusAsync(HttpContext http)
    {
        // A proxy on this machine would make everybody look local; it names whom it speaks for.
        var local = http.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
            && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");
        if (local) return http.Response.WriteAsJsonAsync(Look(), Json, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private MinerStatus Look()
    {
        var now = network.Current;
        return new MinerStatus(
            options.Hotkey.Address,
            [.. pool.Models.Select(model => model.Name)],
            [.. pool.Links.Select(link => new EndpointStatus(link.Address, link.InFlight, link.IsResting))],
            now?.Block, options.TotalVolume, options.QuotaInterval.TotalSeconds, now?.Shares ?? new Dictionary<string, int>().AsReadOnly() as IReadOnlyDictionary<string, int>,
            gate.Running, gate.Waiting, tally.Counts, tally.LastError);
    }

    private static Task WriteAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { status = text }, http.RequestAborted);
    }
}
