namespace Niche.GpuEndpoint.Routes;

/// <summary>The inside of an error as OpenAI's clients read it.</summary>
/// <param name="Message">For people.</param>
/// <param name="Type">Class of error.</param>
/// <param name="Param">The field at fault.</param>
/// <param name="Code">Stable code.</param>
public sealed record OpenAiErrorBody(string Message, string Type, string? Param, string Code);
