using Niche.Inference.Chat;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Engines;

/// <summary>A checked request for text.</summary>
/// <param name="Model">Name of a served text model.</param>
/// <param name="Request">What to continue and how.</param>
/// <param name="Logprobs">Whether the answer carries log-probabilities.</param>
/// <param name="Stream">Whether the answer comes as server-sent events.</param>
public sealed record TextJob(string Model, TextRequest Request, bool Logprobs, bool Stream)
{
    /// <summary>The chat that the prompt was made of, for engines that have chats turned into prompts elsewhere; null for a plain completion.</summary>
    public ChatPrompt? Chat { get; init; }
}
