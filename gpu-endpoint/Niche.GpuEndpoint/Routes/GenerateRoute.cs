using System.Text.Json;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Requests;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Routes;

/// <summary><c>POST /generate</c> in the stock miner's two forms.</summary>
internal sealed class GenerateRoute(ModelStore store, ImageDesk images, TextDesk texts, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context)
    {
        var fields = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        var isText = TextRequestReader.Claims(fields, store);
        var image = isText ? null : ImageRequestReader.Read(fields, store);
        var text = isText ? TextRequestReader.Read(fields, store) : null;
        using var deadline = RequestBody.Deadline(fields, context.RequestAborted);
        _ = store.Loaded;
        if (image is not null) await AnswerImage(context, image, RequestBody.Timeout(fields), deadline.Token);
        else if (text!.Stream) await StreamText(context, text, deadline.Token);
        else await AnswerText(context, text, deadline.Token);
    }

    private async Task AnswerImage(HttpContext context, ImageJob job, TimeSpan longestWait, CancellationToken cancellation)
    {
        var made = await images.PaintAsync(images.Enter(job, longestWait: longestWait), job, null, cancellation);
        await context.Response.WriteAsJsonAsync(
            new ImageAnswer(made.File, job.Model, made.ModelDigest, made.Seed, made.Steps, made.Timings, made.Recovered ? true : null),
            EndpointJson.Default.ImageAnswer, null, cancellation);
    }

    private async Task AnswerText(HttpContext context, TextJob job, CancellationToken cancellation)
    {
        var pieces = await texts.RunAsync(job, async growing =>
        {
            var list = new List<TextPiece>();
            await foreach (var piece in growing) list.Add(piece);
            return list;
        }, cancellation);
        var completion = Writer(context, job).Whole(pieces);
        await context.Response.WriteAsJsonAsync(new TextAnswer(completion), EndpointJson.Default.TextAnswer, null, cancellation);
    }

    private Task<bool> StreamText(HttpContext context, TextJob job, CancellationToken cancellation) => texts.RunAsync(job, async growing =>
    {
        var writer = Writer(context, job);
        await foreach (var piece in growing)
        {
            // Headers go out with the first token, so that everything that fails before it still answers a problem.
            if (!context.Response.HasStarted)
            {
                (context.Response.ContentType, context.Response.Headers.CacheControl) = ("text/event-stream", "no-cache");
            }
            var chunk = JsonSerializer.Serialize(writer.Chunk(piece), EndpointJson.Default.Completion);
            await context.Response.WriteAsync($"data: {chunk}\n\n", cancellation);
            await context.Response.Body.FlushAsync(cancellation);
        }
        await context.Response.WriteAsync("data: [DONE]\n\n", cancellation);
        return true;
    }, cancellation);

    private CompletionWriter Writer(HttpContext context, TextJob job) =>
        new(job, time.GetUtcNow().ToUnixTimeSeconds(), $"cmpl-{context.TraceIdentifier}");
}
