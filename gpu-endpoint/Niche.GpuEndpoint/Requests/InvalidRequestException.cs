namespace Niche.GpuEndpoint.Requests;

/// <summary>A request with at least one unacceptable field; carries all of them.</summary>
public sealed class InvalidRequestException(IReadOnlyList<FieldError> errors) : Exception(string.Join(" ", errors.Select(e => e.Message)))
{
    /// <summary>All errors at once.</summary>
    public IReadOnlyList<FieldError> Errors { get; } = errors;

    /// <summary>The code of the only error, or <c>request_invalid</c> for several.</summary>
    public string Code => Errors.Count == 1 ? Errors[0].Code : "request_invalid";
}
