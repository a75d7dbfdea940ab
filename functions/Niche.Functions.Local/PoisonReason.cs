namespace Niche.Functions.Local;

/// <summary>Why a message was given up.</summary>
/// <param name="Function">The function that failed on it.</param>
/// <param name="Reason">In one line.</param>
/// <param name="At">When.</param>
/// <param name="Tries">How often it was tried.</param>
public sealed record PoisonReason(string Function, string Reason, DateTimeOffset At, string Tries);
