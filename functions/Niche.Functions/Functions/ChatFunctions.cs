using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Niche.Functions.Api;
using Niche.Functions.Api.Accounts;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;
using Niche.Validator.Chat;

namespace Niche.Functions;

/// <summary>Texts in the shape of the OpenAI API, whole or streamed as server-sent events.</summary>
public sealed class ChatFunctions(ChatService chat, AccountOrders orders, CallerReader callers, SubnetPolicy policy, TimeProvider time)
{
    [Function("CreateChatCompletion")]
    public async Task<IActionResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/chat/completions")] HttpRequest request, CancellationToken ct)
    {
        (Caller? caller, NicheError? stranger) = await callers.ReadAsync(request, ct);
        if (stranger is not null) return Problem.From(request, stranger);
        Result<Order<ChatBody>> order = await OrderReader.ReadAsync<ChatBody>(request, policy, ct);
        if (!order.IsSuccess) return Problem.From(request, order.Errors);
        ChatRequest wanted = new(TimeOrderedId.Create(time.GetUtcNow()), order.Value.Request);
        if (await orders.TakeTextAsync(caller, wanted.Id, wanted.Request.Prompt, ct) is { } refusal) return Problem.From(request, refusal);
        ChatBody body = order.Value.Body;
        return body.Stream == true ? await StreamAsync(request, wanted, body.StreamOptions?.IncludeUsage == true, ct) : await AnswerAsync(request, wanted, ct);
    }

    private async Task<IActionResult> AnswerAsync(HttpRequest request, ChatRequest wanted, CancellationToken ct)
    {
        StringBuilder text = new();
        string finish = "stop";
        await foreach (ChatPiece piece in chat.WriteAsync(wanted, ct))
        {
            if (piece.Error is { } error) return Problem.From(request, error);
            text.Append(piece.Text);
            finish = piece.FinishReason ?? finish;
        }

        ChatChoice choice = new(0, new ChatText("assistant", text.ToString()), finish);
        return ApiJson.Answer(request, new ChatAnswer(NameOf(wanted), "chat.completion", Now(), wanted.Request.Model, [choice], Usage(wanted, text)));
    }

    private async Task<IActionResult> StreamAsync(HttpRequest request, ChatRequest wanted, bool withUsage, CancellationToken ct)
    {
        HttpResponse response = request.HttpContext.Response;
        bool begun = false;
        StringBuilder text = new();
        await foreach (ChatPiece piece in chat.WriteAsync(wanted, ct))
        {
            // Until the first byte an error can still be an honest status.
            if (piece.Error is { } early && !begun) return Problem.From(request, early);
            if (!begun)
            {
                Begin(response);
                await SendAsync(response, Chunk(wanted, new ChatDelta("assistant", ""), null), ct);
                begun = true;
            }

            if (piece.Error is { } late)
            {
                await SendAsync(response, Problem.Body(request, [late]), ct);
                return new EmptyResult();
            }

            text.Append(piece.Text);
            ChatDelta delta = new(null, piece.FinishReason is null ? piece.Text : null);
            await SendAsync(response, Chunk(wanted, delta, piece.FinishReason), ct);
        }

        if (withUsage) await SendAsync(response, Chunk(wanted) with { Usage = Usage(wanted, text) }, ct);
        await response.WriteAsync("data: [DONE]\n\n", ct);
        return new EmptyResult();
    }

    private static void Begin(HttpResponse response)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private static async Task SendAsync<T>(HttpResponse response, T data, CancellationToken ct)
    {
        await response.WriteAsync("data: " + JsonSerializer.Serialize(data, ApiJson.Options) + "\n\n", ct);
        await response.Body.FlushAsync(ct);
    }

    private ChatChunk Chunk(ChatRequest wanted, ChatDelta delta, string? finish) =>
        Chunk(wanted) with { Choices = [new ChatChunkChoice(0, delta, finish)] };

    private ChatChunk Chunk(ChatRequest wanted) => new(NameOf(wanted), "chat.completion.chunk", Now(), wanted.Request.Model, []);

    private static string NameOf(ChatRequest wanted) => "chatcmpl-" + wanted.Id;

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds();

    private static ChatUsage Usage(ChatRequest wanted, StringBuilder text)
    {
        (int before, int after) = (Words(wanted.Request.Prompt), Words(text.ToString()));
        return new ChatUsage(before, after, before + after);
    }

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
