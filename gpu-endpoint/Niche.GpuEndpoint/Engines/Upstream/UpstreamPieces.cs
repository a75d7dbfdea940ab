using System.Text.Json;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>
/// Turns answers, or the chunks of one, into pieces. The last piece waits for the end, because what a text took comes behind it.
/// </summary>
internal sealed class UpstreamPieces(TextJob job)
{
    private string? _finish;
    private TextPiece? _held;
    private int? _promptTokens;
    private int? _tokens;
    private int _seen;

    /// <summary>Pieces that became certain with a chunk.</summary>
    /// <exception cref="UpstreamException">The chunk cannot be used, or says that the server failed.</exception>
    public IEnumerable<TextPiece> Take(JsonElement chunk)
    {
        if (UpstreamJson.Find(chunk, "error") is { } error) throw Failed(error);
        if (UpstreamJson.Find(chunk, "usage") is { } usage)
        {
            _promptTokens = UpstreamJson.Count(usage, "prompt_tokens") ?? _promptTokens;
            _tokens = UpstreamJson.Count(usage, "completion_tokens") ?? _tokens;
        }
        var choices = UpstreamJson.Items(chunk, "choices");
        if (choices.Count > 1) throw UpstreamException.Invalid("more than one choice");
        return choices.Count == 0 ? [] : [.. Pieces(choices[0])];
    }

    /// <summary>The last piece.</summary>
    /// <exception cref="UpstreamException">The text has no end.</exception>
    public TextPiece Finish()
    {
        if (_finish is null) throw UpstreamException.Invalid("it broke off");
        var last = _held ?? new TextPiece("", null, [], null);
        return last with { FinishReason = _finish, PromptTokens = _promptTokens, TextTokens = _tokens ?? _seen };
    }

    private static UpstreamException Failed(JsonElement error) => new("upstream_failed", 502, error.ValueKind == JsonValueKind.Object && UpstreamJson.Text(error, "message") is { } said
        ? $"The model's server failed: {UpstreamFault.Readable(said)}"
        : "The model's server failed and does not say why.");

    private IEnumerable<TextPiece> Pieces(JsonElement choice)
    {
        if (_finish is not null) throw UpstreamException.Invalid("it goes on behind its end");
        var text = Text(choice);
        var tokens = UpstreamLogprobs.Read(choice, job.Request.TopLogprobs);
        _seen += Math.Max(tokens.Count, text.Length > 0 ? 1 : 0);
        _finish = UpstreamJson.Text(choice, "finish_reason") switch
        {
            null => null,
            "stop" => "stop",
            "length" => "length",
            var other => throw UpstreamException.Invalid($"an end for the reason '{UpstreamFault.Readable(other)}'"),
        };
        for (var i = 0; i < tokens.Count - 1; i++) yield return new TextPiece("", tokens[i].Token, tokens[i].Top, null);
        var piece = tokens.Count > 0 ? new TextPiece(text, tokens[^1].Token, tokens[^1].Top, null) : new TextPiece(text, null, [], null);
        if (_finish is not null) _held = piece;
        else if (text.Length > 0 || tokens.Count > 0) yield return piece;
    }

    // A completion's text, a chat's message, or what a chunk of either adds. Reasoning beside the answer is not part of it.
    private string Text(JsonElement choice)
    {
        if (job.Chat is null) return UpstreamJson.Text(choice, "text") ?? throw UpstreamException.Invalid("a choice without text");
        var said = UpstreamJson.Find(choice, "delta") ?? UpstreamJson.Find(choice, "message") ?? throw UpstreamException.Invalid("a choice without a message");
        if (said.ValueKind != JsonValueKind.Object) throw UpstreamException.Invalid("a message that is no object");
        return UpstreamJson.Text(said, "content") ?? "";
    }
}
