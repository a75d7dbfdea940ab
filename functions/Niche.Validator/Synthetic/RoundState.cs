namespace Niche.Validator.Synthetic;

/// <summary>How far a round is.</summary>
/// <param name="Number">Number of the interval.</param>
/// <param name="StartedAt">When it was planned.</param>
/// <param name="EndsAt">When the next begins.</param>
/// <param name="Planned">Requests of the plan.</param>
/// <param name="Done">Requests that are answered, late or refused.</param>
/// <param name="Queued">All of them are on the queue.</param>
public sealed record RoundState(long Number, DateTimeOffset StartedAt, DateTimeOffset EndsAt, int Planned, int Done, bool Queued);
