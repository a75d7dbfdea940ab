using System.Text.Json.Serialization;
using Niche.Subnet.Errors;

namespace Niche.Functions.Api;

/// <summary>A problem document.</summary>
public sealed record ProblemBody(
    string Type, string Title, int Status, string Detail, string Code, string RequestId, AllowedRange? Allowed,
    IReadOnlyList<ProblemItem> Errors, OpenAiError Error);

/// <summary>One of the faults of a request.</summary>
public sealed record ProblemItem(string Code, string? Field, string Detail, AllowedRange? Allowed);

/// <summary>The same for clients of the OpenAI API.</summary>
public sealed record OpenAiError(string Message, string Type, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param, string Code);
