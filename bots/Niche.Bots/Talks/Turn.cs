namespace Niche.Bots.Talks;

/// <summary>One turn of a conversation.</summary>
/// <param name="Said">What the person said.</param>
/// <param name="Answered">What was answered.</param>
public sealed record Turn(string Said, string Answered);
