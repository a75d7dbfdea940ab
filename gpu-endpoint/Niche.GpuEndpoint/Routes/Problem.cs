using Niche.GpuEndpoint.Requests;

namespace Niche.GpuEndpoint.Routes;

/// <summary>An error as problem+json (RFC 9457) with a stable code.</summary>
/// <param name="Type">Always <c>about:blank</c>: the code says which problem it is.</param>
/// <param name="Title">A few words.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">What happened and what to do.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Errors">Every field at fault.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail, string Code, IReadOnlyList<FieldError>? Errors = null);
