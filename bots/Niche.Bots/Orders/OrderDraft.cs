using Niche.Subnet.Jobs;

namespace Niche.Bots.Orders;

/// <summary>What is to be ordered.</summary>
/// <param name="Draft">The job, unchecked.</param>
/// <param name="Prompt">The person's own words.</param>
/// <param name="Style">Style whose words the draft's prompt holds; null when none.</param>
/// <param name="Spoiler">Covered until somebody wants to see it.</param>
/// <param name="Parent">The order that it is a relative of; null when none.</param>
public sealed record OrderDraft(JobDraft Draft, string Prompt, string? Style = null, bool Spoiler = false, string? Parent = null);
