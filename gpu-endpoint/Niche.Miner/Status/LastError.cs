namespace Niche.Miner.Status;

/// <summary>The last failure of ours or of an endpoint.</summary>
/// <param name="At">When.</param>
/// <param name="Outcome">What kind.</param>
/// <param name="Message">In words, without prompts.</param>
public sealed record LastError(DateTimeOffset At, string Outcome, string Message);
