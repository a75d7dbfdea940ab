namespace Niche.Benchmarks;

/// <summary>One line of the result table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Goal">What was promised; empty when nothing was.</param>
internal sealed record Measurement(string What, string Value, string Goal = "");
