namespace Niche.GpuEndpoint.Requests;

/// <summary>One field of a request that is not acceptable.</summary>
/// <param name="Field">Path of the field.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">What to send instead.</param>
/// <param name="Min">Smallest allowed number.</param>
/// <param name="Max">Largest allowed number.</param>
/// <param name="Allowed">Allowed values.</param>
public sealed record FieldError(
    string Field, string Code, string Message, double? Min = null, double? Max = null, IReadOnlyList<string>? Allowed = null);
