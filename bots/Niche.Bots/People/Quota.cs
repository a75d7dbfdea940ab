namespace Niche.Bots.People;

/// <summary>Pictures asked for in one hour.</summary>
/// <param name="Used">How many.</param>
/// <param name="Events">The last events that were counted: one that comes again is not counted again.</param>
public sealed record Quota(int Used, IReadOnlyList<string> Events);
