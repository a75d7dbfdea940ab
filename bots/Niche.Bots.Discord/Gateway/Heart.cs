namespace Niche.Bots.Discord.Gateway;

/// <summary>
/// Beats as Hello asked: the first time after a random part of the interval, then every interval. A beat without answer before the next one means that the connection
/// is dead although nobody closed it.
/// </summary>
internal sealed class Heart(TimeSpan interval, Func<CancellationToken, Task> beat, Random random, TimeProvider time)
{
    private int _owed;

    /// <summary>Set while we do not read: an answer may lie in the socket.</summary>
    public volatile bool IsDeaf;

    /// <summary>The server answered, or is known to be alive.</summary>
    public void Answered() => Interlocked.Exchange(ref _owed, 0);

    /// <summary>Beats until the server stops answering (then it returns) or until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await Task.Delay(interval * random.NextDouble(), time, ct).ConfigureAwait(false);
        while (true)
        {
            if (Interlocked.Exchange(ref _owed, 1) == 1 && !IsDeaf) return;
            await beat(ct).ConfigureAwait(false);
            await Task.Delay(interval, time, ct).ConfigureAwait(false);
        }
    }
}
