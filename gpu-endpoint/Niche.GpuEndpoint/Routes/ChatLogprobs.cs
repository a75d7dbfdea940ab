namespace Niche.GpuEndpoint.Routes;

/// <summary>Log-probabilities in the layout of OpenAI's chats.</summary>
/// <param name="Content">The answer's tokens in order.</param>
public sealed record ChatLogprobs(IReadOnlyList<ChatToken> Content);
