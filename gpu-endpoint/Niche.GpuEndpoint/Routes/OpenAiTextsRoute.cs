using Niche.GpuEndpoint.Chats;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Requests;
using Niche.Inference.Models;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Routes;

/// <summary><c>POST /v1/completions</c> and <c>POST /v1/chat/completions</c> as OpenAI's clients send them, whole or streamed.</summary>
internal sealed class OpenAiTextsRoute(ModelStore store, TextDesk texts, ChatPrompts prompts, TimeProvider time)
{
    public Task CompleteAsync(HttpContext context) =>
        AnswerAsync(context, fields => TextRequestReader.Read(fields, store), job => new CompletionForm(job, Now, context.TraceIdentifier));

    public Task ChatAsync(HttpContext context) =>
        AnswerAsync(context, fields => ChatRequestReader.Read(fields, store, prompts), job => new ChatForm(job, Now, context.TraceIdentifier));

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    private async Task AnswerAsync(HttpContext context, Func<FieldReader, TextJob> read, Func<TextJob, ITextForm> shape)
    {
        var fields = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        if (fields.Whole("n", new Bounds<long>(1, 128, 1), "n_out_of_range") != 1) fields.Add("n", "n_unsupported", "only one answer is made at a time", max: 1);
        var job = read(fields);
        var usage = fields.Object("stream_options").Flag("include_usage");
        using var deadline = RequestBody.Deadline(fields, context.RequestAborted);
        _ = store.Loaded;
        var form = shape(job);
        await texts.RunAsync(job, async pieces =>
        {
            if (job.Stream) await StreamAsync(context.Response, pieces, form, usage, deadline.Token);
            else await WriteAsync(context.Response, pieces, form, deadline.Token);
            return true;
        }, deadline.Token);
    }

    private static async Task WriteAsync(HttpResponse response, IAsyncEnumerable<TextPiece> growing, ITextForm form, CancellationToken cancellation)
    {
        var pieces = new List<TextPiece>();
        await foreach (var piece in growing) pieces.Add(piece);
        response.ContentType = "application/json; charset=utf-8";
        await response.WriteAsync(form.Whole(pieces), cancellation);
    }

    private static async Task StreamAsync(HttpResponse response, IAsyncEnumerable<TextPiece> growing, ITextForm form, bool usage, CancellationToken cancellation)
    {
        var (tokens, promptTokens) = (0, 0);
        await foreach (var piece in growing)
        {
            // Headers go out with the first token, so that everything that fails before it still answers an error.
            if (!response.HasStarted)
            {
                (response.ContentType, response.Headers.CacheControl) = ("text/event-stream", "no-cache");
                if (form.First() is { } first) await response.WriteAsync($"data: {first}\n\n", cancellation);
            }
            tokens = piece.TextTokens ?? (tokens + (piece.Token is null ? 0 : 1));
            promptTokens = piece.PromptTokens ?? promptTokens;
            await response.WriteAsync($"data: {form.Chunk(piece)}\n\n", cancellation);
            await response.Body.FlushAsync(cancellation);
        }
        if (usage) await response.WriteAsync($"data: {form.Usage(promptTokens, tokens)}\n\n", cancellation);
        await response.WriteAsync("data: [DONE]\n\n", cancellation);
    }
}
