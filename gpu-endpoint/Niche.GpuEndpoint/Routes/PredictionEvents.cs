using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Niche.GpuEndpoint.Predictions;

namespace Niche.GpuEndpoint.Routes;

/// <summary>
/// A prediction as server-sent events: <c>start</c>, <c>progress</c> as it moves, then <c>output</c> or <c>error</c>, then <c>done</c>. A watcher that
/// is slower than the work gets fewer progress events, never old ones. A preview is sent once, with the first step that shows it.
/// </summary>
internal static class PredictionEvents
{
    public static async Task WriteAsync(HttpContext context, Prediction prediction, CancellationToken cancellation)
    {
        (context.Response.ContentType, context.Response.Headers.CacheControl) = ("text/event-stream", "no-cache");
        var state = prediction.State;
        await Send("start", PredictionAnswer.Of(prediction, state with { Output = null, Preview = null }), EndpointJson.Default.PredictionAnswer);
        var (sent, shown) = (0, (byte[]?)null);
        while (true)
        {
            if (!state.Over && state.Step > sent)
            {
                var news = ReferenceEquals(state.Preview, shown) ? state with { Preview = null } : state;
                (sent, shown) = (state.Step, state.Preview);
                await Send("progress", PredictionAnswer.ProgressOf(news)!, EndpointJson.Default.PredictionProgress);
            }
            if (state.Over) break;
            state = await prediction.AfterAsync(state, cancellation);
        }
        if (state.Error is { } error) await Send("error", error, EndpointJson.Default.Problem);
        else if (state.Output is not null) await Send("output", PredictionAnswer.Of(prediction, state), EndpointJson.Default.PredictionAnswer);
        await Send("done", PredictionAnswer.Of(prediction, state with { Output = null, Preview = null }), EndpointJson.Default.PredictionAnswer);

        async Task Send<T>(string name, T body, JsonTypeInfo<T> json)
        {
            await context.Response.WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(body, json)}\n\n", cancellation);
            await context.Response.Body.FlushAsync(cancellation);
        }
    }
}
