using System.Collections.Concurrent;
using System.Threading.Channels;
using Niche.Bots.Incoming;
using Niche.Bots.Platforms;

namespace Niche.Bots.Discord.Tests.Rig;

/// <summary>A desk that keeps what came and says what the test wants it to say.</summary>
public sealed class RecordingDesk : IBotDesk
{
    private readonly Channel<BotEvent> _arrivals = Channel.CreateUnbounded<BotEvent>();

    /// <summary>What it says.</summary>
    public Func<BotEvent, Task<Acknowledgement>> Says { get; set; } = _ => Task.FromResult<Acknowledgement>(new Acknowledgement.Later(false));

    /// <summary>Everything that came.</summary>
    public ConcurrentQueue<BotEvent> Events { get; } = new();

    /// <summary>Says the same to all.</summary>
    public void Say(Acknowledgement acknowledgement) => Says = _ => Task.FromResult(acknowledgement);

    /// <summary>The next event.</summary>
    public async Task<BotEvent> NextAsync(CancellationToken ct) => await _arrivals.Reader.ReadAsync(ct).AsTask().WaitAsync(TimeSpan.FromSeconds(60), ct);

    public Task<Acknowledgement> ReceiveAsync(BotEvent happened, CancellationToken ct)
    {
        Events.Enqueue(happened);
        _arrivals.Writer.TryWrite(happened);
        return Says(happened);
    }
}
