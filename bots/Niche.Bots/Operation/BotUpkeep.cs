using Microsoft.Extensions.Logging;
using Niche.Bots.Commands;
using Niche.Bots.Platforms;
using Niche.Bots.Updates;

namespace Niche.Bots.Operation;

/// <summary>What the bots do by the clock: platforms show the commands as they are now, and old events are forgotten.</summary>
public sealed class BotUpkeep(PlatformBook platforms, CommandBook commands, EventLog events, BotMetrics metrics, TimeProvider time, ILogger<BotUpkeep> log)
{
    // Longer than any platform delivers an event again.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(3);

    /// <summary>One pass. A platform that does not answer is logged; the others are served.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await RegisterAsync(ct).ConfigureAwait(false);
        int forgotten = await events.ForgetAsync(time.GetUtcNow() - Remembered, ct).ConfigureAwait(false);
        if (forgotten > 0) log.LogInformation("Upkeep of the bots: {Count} old events forgotten.", forgotten);
    }

    /// <summary>Makes every platform show the commands.</summary>
    public async Task RegisterAsync(CancellationToken ct)
    {
        foreach (IChatPlatform platform in platforms.All)
        {
            try
            {
                await platform.RegisterAsync(commands, ct).ConfigureAwait(false);
            }
            catch (PlatformException e)
            {
                metrics.Faulted(platform.Name, e.Fault);
                log.LogWarning("{Platform} did not take the commands: {Fault}, {Reason}", platform.Name, e.Fault, e.Message);
            }
        }
    }
}
