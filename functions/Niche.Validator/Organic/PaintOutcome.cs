using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;

namespace Niche.Validator.Organic;

/// <summary>What came of painting a unit.</summary>
/// <param name="Unit">The unit with its attempts counted.</param>
/// <param name="Result">Set when a believed picture is stored.</param>
/// <param name="Error">Set otherwise.</param>
/// <param name="RetryIn">With an error: after how long another try may succeed; null when none will.</param>
public sealed record PaintOutcome(JobUnit Unit, UnitResult? Result, NicheError? Error, TimeSpan? RetryIn);
