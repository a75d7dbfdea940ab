namespace Niche.Subnet.Errors;

/// <summary>A typed refusal. Doors map it to problem+json (RFC 9457) or to a bot text by <see cref="Code"/>. Never holds prompts or secrets.</summary>
/// <param name="Code">Stable code, see <see cref="ErrorCodes"/>.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">Short sentence, the same for every occurrence.</param>
/// <param name="Detail">What was wrong here and what to do.</param>
/// <param name="Parameter">Field or path that is wrong, when there is one.</param>
/// <param name="Allowed">What would have been accepted, when it can be listed.</param>
/// <param name="RetryAfter">When asking again makes sense, when it does.</param>
public sealed record NicheError(
    string Code,
    int Status,
    string Title,
    string Detail,
    string? Parameter = null,
    AllowedRange? Allowed = null,
    TimeSpan? RetryAfter = null);
