namespace Niche.Subnet.Jobs;

/// <summary>Why a unit failed, in the words of the error catalogue.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Title">Short and the same for every occurrence.</param>
/// <param name="Detail">This occurrence, and what to do.</param>
public sealed record UnitError(string Code, string Title, string Detail);
