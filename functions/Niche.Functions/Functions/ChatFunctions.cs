using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Niche.Functions.Api;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;
using Niche.Validator.Chat;

namespace Niche.Functions;

/// <summary>Texts in the shape of the OpenAI API, whole or streamed as server-sent events.</summary>
public sealed class ChatFunctions(ChatService chat, SubnetPolicy policy, TimeProvider time)
{
    [Function("CreateChatCompletion")]
    public async Task<IActionResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/chat/completions")] HttpRequest request, CancellationToken ct)
    {
        Result<ChatBody> body = await BodyReader.ReadAsync<ChatBody>(request, ct);
        if (!body.IsSuccess) return Problem.From(request, body.Errors);
        Result<JobRequest> checkedRequest = JobRequestValidator.Validate(body.Value.ToDraft(), policy, RandomNumberGenerator.GetInt32(int.MaxValue));
        if (!checkedRequest.IsSuccess) return Problem.From(request, checkedRequest.Errors);
        ChatRequest wanted = new(TimeOrderedId.Create(time.GetUtcNow()), checkedRequest.Value);
        return body.Value.Stream == true ? await StreamAsync(request, wanted, ct) : await AnswerAsync(request, wanted, ct);
    }

    private async Task<IActionResult> AnswerAsync(HttpRequest request, ChatRequest wanted, CancellationToken ct)
    {
        StringBuilder text = new();
        int pieces = 0;
        string? finish = null;
        await foreach (ChatPiece piece in chat.WriteAsync(wanted, ct))
        {
            if (piece.Error is { } error) return Problem.From(request, error);
            text.Append(piece.Text);
            if (piece.Text.Length > 0) pieces++;
            finish = piece.FinishReason ?? finish;
        }

        ChatChoice choice = new(0, new ChatText("assistant", text.ToString()), null, finish);
        int prompt = Words(wanted.Request.Prompt);
        return new JsonResult(Chunk(wanted, "chat.completion", choice) with { Usage = new ChatUsage(prompt, pieces, prompt + pieces) }, ApiJson.Options);
    }

    private async Task<IActionResult> StreamAsync(HttpRequest request, ChatRequest wanted, CancellationToken ct)
    {
        HttpResponse response = request.HttpContext.Response;
        bool begun = false;
        await foreach (ChatPiece piece in chat.WriteAsync(wanted, ct))
        {
            // Until the first byte an error can still be an honest status.
            if (piece.Error is { } early && !begun) return Problem.From(request, early);
            if (!begun)
            {
                response.ContentType = "text/event-stream; charset=utf-8";
                response.Headers.CacheControl = "no-store";
                request.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
                await SendAsync(response, Chunk(wanted, "chat.completion.chunk", new ChatChoice(0, null, new ChatText("assistant", ""), null)), ct);
                begun = true;
            }

            if (piece.Error is { } late)
            {
                await SendAsync(response, Problem.Body(request, [late]), ct);
                return new EmptyResult();
            }

            ChatText delta = new(null, piece.FinishReason is null ? piece.Text : null);
            await SendAsync(response, Chunk(wanted, "chat.completion.chunk", new ChatChoice(0, null, delta, piece.FinishReason)), ct);
        }

        await response.WriteAsync("data: [DONE]\n\n", ct);
        return new EmptyResult();
    }

    private ChatAnswer Chunk(ChatRequest wanted, string kind, ChatChoice choice) =>
        new("chatcmpl-" + wanted.Id, kind, time.GetUtcNow().ToUnixTimeSeconds(), wanted.Request.Model, [choice]);

    private static async Task SendAsync<T>(HttpResponse response, T data, CancellationToken ct)
    {
        await response.WriteAsync("data: " + JsonSerializer.Serialize(data, ApiJson.Options) + "\n\n", ct);
        await response.Body.FlushAsync(ct);
    }

    // The validator does not tokenize; words are what it can count honestly.
    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
