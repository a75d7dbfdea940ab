using Microsoft.Extensions.Logging;
using Niche.Bots.Commands;
using Niche.Bots.Platforms;

namespace Niche.Bots.Operation;

/// <summary>What the bots do by the clock: platforms show the commands as they are now, and what is old is thrown away.</summary>
public sealed class BotUpkeep(PlatformBook platforms, CommandBook commands, BotSweep sweep, BotMetrics metrics, ILogger<BotUpkeep> log)
{
    /// <summary>One pass. A platform that does not answer is logged; the others are served.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await RegisterAsync(ct).ConfigureAwait(false);
        int swept = await sweep.RunAsync(ct).ConfigureAwait(false);
        if (swept > 0) log.LogInformation("Upkeep of the bots: {Count} old things thrown away.", swept);
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
