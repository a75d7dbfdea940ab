using System.Text.Json.Nodes;

namespace Niche.DiscordStandIn.Interactions;

/// <summary>What the app answered to a request.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Json">The callback; null without.</param>
/// <param name="Elapsed">Time until the answer was there.</param>
/// <param name="Faults">What Discord would not take of it.</param>
public sealed record InteractionReply(int Status, JsonObject? Json, TimeSpan Elapsed, string Faults)
{
    /// <summary>Discord took it.</summary>
    public bool IsTaken => Status == 200 && Faults.Length == 0;
}
