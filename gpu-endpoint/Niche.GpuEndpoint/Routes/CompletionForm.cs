using System.Text.Json;
using Niche.GpuEndpoint.Engines;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Routes;

/// <summary>Answers of <c>POST /v1/completions</c>.</summary>
internal sealed class CompletionForm(TextJob job, long created, string id) : ITextForm
{
    private readonly CompletionWriter _writer = new(job, created, $"cmpl-{id}");

    public string Whole(IReadOnlyList<TextPiece> pieces) => Json(_writer.Whole(pieces));

    public string? First() => null;

    public string Chunk(TextPiece piece) => Json(_writer.Chunk(piece));

    public string Usage(int promptTokens, int tokens) =>
        Json(new Completion($"cmpl-{id}", "text_completion", created, job.Model, [], new CompletionUsage(promptTokens, tokens, promptTokens + tokens)));

    private static string Json(Completion completion) => JsonSerializer.Serialize(completion, EndpointJson.Default.Completion);
}
