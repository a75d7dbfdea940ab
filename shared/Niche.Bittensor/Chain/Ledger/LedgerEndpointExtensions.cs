using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Chain.Ledger;

/// <summary>Serves a local ledger over HTTP for <see cref="LedgerClient"/>.</summary>
public static class LedgerEndpointExtensions
{
    private const long MaxBodyBytes = 1 << 20;

    /// <summary>
    /// GET <c>/block</c>, <c>/metagraph/{netuid}</c>, <c>/hyperparameters/{netuid}</c>, <c>/weights/{netuid}</c>,
    /// <c>/commits/{netuid}/{hotkey}</c>;
    /// POST <c>/register</c> and <c>/extrinsics</c> with a <see cref="LedgerExtrinsic"/>. Refused calls are 200 with an error name; 400 is for what can not be read.
    /// </summary>
    public static IEndpointConventionBuilder MapLedger(this IEndpointRouteBuilder endpoints, LedgerState state)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(state);
        var group = endpoints.MapGroup("");
        group.MapGet("/block", () => Json(new BlockAnswer(state.Block)));
        group.MapGet("/metagraph/{netuid}", (ushort netuid) => Json(state.Metagraph(netuid)));
        group.MapGet("/hyperparameters/{netuid}", (ushort netuid) => Json(state.Hyperparameters(netuid)));
        group.MapGet("/weights/{netuid}", (ushort netuid) => Json(state.Weights(netuid)));
        group.MapGet("/commits/{netuid}/{hotkey}", (ushort netuid, string hotkey) => Json(state.Commits(netuid, hotkey)));
        group.MapPost("/register", (HttpContext http, CancellationToken ct) => SubmitAsync(http, state, registration: true, ct));
        group.MapPost("/extrinsics", (HttpContext http, CancellationToken ct) => SubmitAsync(http, state, registration: false, ct));
        return group;
    }

    private static IResult Json<T>(T? answer) =>
        answer is null ? Results.NotFound() : Results.Json(answer, SynapseJson.Options);

    private static async Task<IResult> SubmitAsync(HttpContext http, LedgerState state, bool registration, CancellationToken ct)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MaxBodyBytes;
        LedgerExtrinsic? extrinsic;
        try
        {
            extrinsic = await JsonSerializer.DeserializeAsync<LedgerExtrinsic>(http.Request.Body, SynapseJson.Options, ct);
        }
        catch (JsonException fault)
        {
            return Results.Text($"Not a ledger call (at {fault.Path ?? "$"}).", statusCode: StatusCodes.Status400BadRequest);
        }

        if (extrinsic is null || extrinsic.Args.ValueKind != JsonValueKind.Object || (extrinsic.Call == "register") != registration)
            return Results.Text("Not a ledger call for this route.", statusCode: StatusCodes.Status400BadRequest);
        return Json(await state.SubmitAsync(extrinsic, ct));
    }
}
