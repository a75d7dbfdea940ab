namespace Niche.DiscordStandIn.Rest;

/// <summary>A call that fits a template.</summary>
/// <param name="Template">The template.</param>
/// <param name="Values">Values of its stars.</param>
internal sealed record CallMatch(CallTemplate Template, IReadOnlyList<string> Values)
{
    /// <summary>What counts by itself in the limits: the channel, or the interaction.</summary>
    public string Major => Template.Path.StartsWith("webhooks", StringComparison.Ordinal) ? $"{Values[0]}/{Values[1]}"
        : Values.Count > 0 && !Template.Path.StartsWith("applications", StringComparison.Ordinal) ? Values[0] : "";
}
