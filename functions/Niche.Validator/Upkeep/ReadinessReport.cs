namespace Niche.Validator.Upkeep;

/// <summary>Whether a prompt sent now would be painted, and what is missing if not.</summary>
/// <param name="Ready">True when it would.</param>
/// <param name="MinersOnline">Miners that answered the last question.</param>
/// <param name="Missing">What is not there yet, in words.</param>
public sealed record ReadinessReport(bool Ready, int MinersOnline, IReadOnlyList<string> Missing);
