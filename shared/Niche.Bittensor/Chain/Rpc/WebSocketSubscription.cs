using System.Text.Json;
using System.Threading.Channels;

namespace Niche.Bittensor.Chain.Rpc;

/// <summary>News of one subscription, between the reader of a session and whoever wants them.</summary>
internal sealed class WebSocketSubscription(string id, string unsubscribe)
{
    private const int MaxWaiting = 1024;

    private readonly Channel<JsonElement> _news = Channel.CreateBounded<JsonElement>(
        new BoundedChannelOptions(MaxWaiting) { SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });

    public string Id => id;

    public string UnsubscribeMethod => unsubscribe;

    /// <summary>False when nobody has taken the news for so long that they would pile up.</summary>
    public bool Add(JsonElement news) => _news.Writer.TryWrite(news);

    public void End(SubtensorException fault) => _news.Writer.TryComplete(fault);

    public async ValueTask<JsonElement> NextAsync(CancellationToken ct)
    {
        try
        {
            return await _news.Reader.ReadAsync(ct);
        }
        catch (ChannelClosedException closed) when (closed.InnerException is SubtensorException fault)
        {
            // A new exception for each waiter: one object thrown twice loses its first stack.
            throw new SubtensorException(fault.Error, fault.Message, fault) { Endpoint = fault.Endpoint };
        }
    }
}
