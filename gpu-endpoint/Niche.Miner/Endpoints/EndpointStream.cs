using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Niche.Miner.Endpoints;

/// <summary>Turns the server-sent events of a streamed completion into pieces of text.</summary>
internal static class EndpointStream
{
    private const long MaxBytes = 16 << 20;

    public static async IAsyncEnumerable<string> ReadAsync(Stream body, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var bounded = new BoundedStream(body, MaxBytes);
        var events = SseParser.Create(bounded).EnumerateAsync(ct).GetAsyncEnumerator(ct);
        await using (events)
        {
            while (await NextAsync(events))
            {
                var data = events.Current.Data;
                if (data == "[DONE]") yield break;
                var piece = Piece(data);
                if (piece.Length > 0) yield return piece;
            }
        }

        // Without its end mark a text is not known to be whole.
        throw EndpointAnswer.Unusable("the stream broke off");
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            throw EndpointAnswer.Unusable("the stream broke off", fault);
        }
    }

    private static string Piece(string data)
    {
        try
        {
            using var chunk = JsonDocument.Parse(data);
            return EndpointAnswer.ChoiceText(chunk.RootElement) ?? throw EndpointAnswer.Unusable("a piece holds no text");
        }
        catch (JsonException fault)
        {
            throw EndpointAnswer.Unusable("a piece is not JSON", fault);
        }
    }
}
