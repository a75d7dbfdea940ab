using System.Text;
using System.Text.Json;
using Niche.GpuEndpoint.Engines;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Routes;

/// <summary>Answers of <c>POST /v1/chat/completions</c>.</summary>
internal sealed class ChatForm(TextJob job, long created, string id) : ITextForm
{
    private const string Assistant = "assistant";

    public string Whole(IReadOnlyList<TextPiece> pieces)
    {
        var (before, after) = (pieces[^1].PromptTokens ?? 0, pieces[^1].TextTokens ?? pieces.Count(piece => piece.Token is not null));
        var choice = new ChatChoice(0)
        {
            Message = new ChatText(Assistant, string.Concat(pieces.Select(piece => piece.Text))), FinishReason = pieces[^1].FinishReason, Logprobs = Logprobs(pieces),
        };
        return Json("chat.completion", [choice], new CompletionUsage(before, after, before + after));
    }

    public string? First() => Json("chat.completion.chunk", [new ChatChoice(0) { Delta = new ChatText(Assistant, "") }]);

    public string Chunk(TextPiece piece) =>
        Json("chat.completion.chunk", [new ChatChoice(0) { Delta = new ChatText(null, piece.Text), FinishReason = piece.FinishReason, Logprobs = Logprobs([piece]) }]);

    public string Usage(int promptTokens, int tokens) => Json("chat.completion.chunk", [], new CompletionUsage(promptTokens, tokens, promptTokens + tokens));

    private static ChatToken Token(TokenLogprob token, IReadOnlyList<ChatToken>? top = null) =>
        new(token.Text, token.Logprob, [.. Encoding.UTF8.GetBytes(token.Text).Select(b => (int)b)], top);

    private ChatLogprobs? Logprobs(IReadOnlyList<TextPiece> pieces) => job.Logprobs
        ? new ChatLogprobs([.. pieces.Where(piece => piece.Token is not null).Select(piece => Token(piece.Token!, [.. piece.Top.Select(other => Token(other))]))])
        : null;

    private string Json(string shape, IReadOnlyList<ChatChoice> choices, CompletionUsage? usage = null) =>
        JsonSerializer.Serialize(new ChatCompletion($"chatcmpl-{id}", shape, created, job.Model, choices, usage), EndpointJson.Default.ChatCompletion);
}
