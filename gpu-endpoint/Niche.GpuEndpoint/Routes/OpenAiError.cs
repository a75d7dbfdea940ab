namespace Niche.GpuEndpoint.Routes;

/// <summary>An error as OpenAI's clients read it.</summary>
/// <param name="Error">What went wrong.</param>
public sealed record OpenAiError(OpenAiErrorBody Error)
{
    internal static OpenAiError Of(Problem problem) => new(new OpenAiErrorBody(
        problem.Detail,
        problem.Code == "content_blocked" ? "image_generation_user_error" : problem.Status switch { 401 => "authentication_error", 429 => "rate_limit_error", < 500 => "invalid_request_error", _ => "server_error" },
        problem.Errors is [var first, ..] ? first.Field : null,
        problem.Code));
}
