using Niche.Bots.Incoming;

namespace Niche.Bots.Platforms;

/// <summary>
/// The core as a transport sees it. A transport verifies what came, calls this, and hands the acknowledgement to its platform at once: all real work
/// happens later, from a durable queue, through <see cref="IChatPlatform"/>. When this returns, the event will be answered even if the process dies.
/// </summary>
public interface IBotDesk
{
    /// <summary>
    /// Takes an event in. Quick (a few reads and writes of storage); the same event may come any number of times. Throws only when storage is away:
    /// then the platform must be told to deliver again (a 5xx, no acknowledgement).
    /// </summary>
    Task<Acknowledgement> ReceiveAsync(BotEvent happened, CancellationToken ct);
}
