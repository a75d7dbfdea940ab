using Niche.TelegramStandIn.Description;
using Niche.TelegramStandIn.Flood;

namespace Niche.TelegramStandIn;

/// <summary>How the server behaves.</summary>
/// <param name="Limits">Its limits on sending.</param>
/// <param name="Time">Its clock.</param>
/// <param name="Description">What every call and answer is held against; null leaves that out.</param>
public sealed record StandInOptions(FloodLimits Limits, TimeProvider Time, ApiDescription? Description)
{
    /// <summary>Real limits, the real clock, and the description if this machine has it.</summary>
    public static StandInOptions Default { get; } = new(new FloodLimits(), TimeProvider.System, ApiDescription.Find());
}
