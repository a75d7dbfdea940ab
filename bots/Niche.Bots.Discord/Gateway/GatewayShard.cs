using Microsoft.Extensions.Logging;

namespace Niche.Bots.Discord.Gateway;

/// <summary>
/// Keeps one shard connected for as long as the process lives: resumes what broke, identifies anew when it must, waits longer after each failure.
/// Throws <see cref="GatewayException"/> when Discord will never take this app.
/// </summary>
/// <param name="options">How to connect.</param>
/// <param name="locate">Tells where the gateway is.</param>
/// <param name="onEvent">Takes events in order.</param>
/// <param name="random">For pauses and the first beat.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public sealed class GatewayShard(
    GatewayOptions options, Func<CancellationToken, Task<GatewayAddress>> locate, Func<GatewayFrame, CancellationToken, ValueTask> onEvent, Random random,
    TimeProvider time, ILogger<GatewayShard> log)
{
    private volatile bool _isReady;

    /// <summary>Events come in.</summary>
    public bool IsReady => _isReady;

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        GatewaySession? session = null;
        int failures = 0;
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            if (failures > 0) await Task.Delay(Pause(failures), time, ct).ConfigureAwait(false);
            Uri? url = session?.ResumeUrl ?? await LocateAsync(ct).ConfigureAwait(false);
            if (url is null)
            {
                failures++;
                continue;
            }

            GatewayConnection connection = new(options, session, onEvent, random, time, log) { OnReady = () => _isReady = true };
            try
            {
                await connection.RunAsync(url, ct).ConfigureAwait(false);
            }
            finally
            {
                _isReady = false;
            }

            // A session whose server does not take connections any more is given up at the third try.
            failures = connection.WasReady ? 1 : failures + 1;
            session = failures < 3 ? connection.Session : null;
        }
    }

    private async Task<Uri?> LocateAsync(CancellationToken ct)
    {
        GatewayAddress address = await locate(ct).ConfigureAwait(false);
        if (address.Remaining > 0) return address.Url;
        if (address.Url is null) return null;
        log.LogWarning("No more sessions may be started for {Wait}", address.ResetAfter);
        await Task.Delay(address.ResetAfter, time, ct).ConfigureAwait(false);
        return address.Url;
    }

    // Half of it is chance, so that a thousand bots do not come back in the same second.
    private TimeSpan Pause(int failures)
    {
        TimeSpan full = options.Pauses.First * Math.Pow(2, Math.Min(failures, 16) - 1);
        if (full > options.Pauses.Longest) full = options.Pauses.Longest;
        return full * (0.5 + (0.5 * random.NextDouble()));
    }
}
