using Niche.Bots.Outgoing;

namespace Niche.Bots.Talks;

/// <summary>How far the answer to one event came, for whoever has to go on with it.</summary>
/// <param name="Message">The message that shows it; null before it was sent.</param>
/// <param name="Text">The finished text; null before.</param>
/// <param name="At">When it came so far.</param>
public sealed record TalkStep(MessageRef? Message, string? Text, DateTimeOffset At = default);
