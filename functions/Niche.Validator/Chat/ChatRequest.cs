using Niche.Subnet.Jobs;

namespace Niche.Validator.Chat;

/// <summary>A checked request for a text.</summary>
/// <param name="Id">Identifier, also of the audit.</param>
/// <param name="Request">What to write.</param>
public sealed record ChatRequest(string Id, JobRequest Request);
