namespace Niche.Bots.Updates;

/// <summary>What became of an event.</summary>
/// <param name="Done">It was answered.</param>
/// <param name="Until">Whoever handles it may be believed alive until then.</param>
/// <param name="Tries">Times somebody began.</param>
/// <param name="At">When somebody first began.</param>
public sealed record EventRecord(bool Done, DateTimeOffset? Until, int Tries, DateTimeOffset At);
