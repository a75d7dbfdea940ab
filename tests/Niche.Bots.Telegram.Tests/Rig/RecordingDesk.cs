using System.Collections.Concurrent;
using Niche.Bots.Incoming;
using Niche.Bots.Platforms;

namespace Niche.Bots.Telegram.Tests.Rig;

/// <summary>A desk that keeps what it is given: what the adapter hands over is what is tested.</summary>
internal sealed class RecordingDesk : IBotDesk
{
    private readonly ConcurrentQueue<BotEvent> _events = new();

    /// <summary>All events in order.</summary>
    public IReadOnlyList<BotEvent> Events => [.. _events];

    /// <summary>Events by id: those that came twice count once.</summary>
    public ConcurrentDictionary<string, int> Times { get; } = new();

    /// <summary>What transports are told.</summary>
    public Func<BotEvent, Acknowledgement> Answer { get; set; } = _ => new Acknowledgement.Later(false);

    /// <summary>Storage is away for so many events.</summary>
    public int Failures { get; set; }

    public Task<Acknowledgement> ReceiveAsync(BotEvent happened, CancellationToken ct)
    {
        if (Failures-- > 0) throw new InvalidOperationException("Storage is away.");
        _events.Enqueue(happened);
        Times.AddOrUpdate(happened.Id, 1, (_, times) => times + 1);
        return Task.FromResult(Answer(happened));
    }

    /// <summary>Waits until there are so many.</summary>
    public async Task<IReadOnlyList<BotEvent>> UntilAsync(int count, CancellationToken ct)
    {
        while (_events.Count < count) await Task.Delay(10, ct);
        return Events;
    }
}
