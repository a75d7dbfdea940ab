namespace Niche.GpuEndpoint.Routes;

/// <summary>Answer of the text form of <c>POST /generate</c>.</summary>
/// <param name="PromptOutput">A completion as the OpenAI and vLLM interfaces shape it.</param>
public sealed record TextAnswer(Completion PromptOutput);
