using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Routes;

/// <summary>The JSON of a text's answer in one of OpenAI's forms.</summary>
internal interface ITextForm
{
    /// <summary>All pieces as one answer.</summary>
    string Whole(IReadOnlyList<TextPiece> pieces);

    /// <summary>What a stream begins with; null for nothing.</summary>
    string? First();

    /// <summary>The next chunk of a stream.</summary>
    string Chunk(TextPiece piece);

    /// <summary>The chunk that says what a stream took.</summary>
    string Usage(int promptTokens, int tokens);
}
