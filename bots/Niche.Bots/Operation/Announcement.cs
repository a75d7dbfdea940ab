using Niche.Bots.Incoming;

namespace Niche.Bots.Operation;

/// <summary>A word of the operator for one channel.</summary>
/// <param name="Place">The channel.</param>
/// <param name="Text">The word.</param>
public sealed record Announcement(Place Place, string Text);
