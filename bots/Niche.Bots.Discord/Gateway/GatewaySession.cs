namespace Niche.Bots.Discord.Gateway;

/// <summary>What is needed to go on where a connection broke.</summary>
/// <param name="Id">The session.</param>
/// <param name="ResumeUrl">Where to connect for it.</param>
/// <param name="Sequence">Number of the last event that was seen.</param>
internal sealed record GatewaySession(string Id, Uri ResumeUrl, long Sequence);
