namespace Niche.GpuEndpoint.Routes;

/// <summary>Tokens used.</summary>
public sealed record CompletionUsage(int PromptTokens, int CompletionTokens, int TotalTokens);
