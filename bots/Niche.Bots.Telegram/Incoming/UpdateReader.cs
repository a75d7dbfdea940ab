using System.Text.Json;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Niche.Bots.Telegram.Incoming;

/// <summary>Updates out of bytes that came over the network.</summary>
public static class UpdateReader
{
    /// <summary>Largest body of an update in bytes; real ones stay far below.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Reads an update; null when it is none.</summary>
    public static Update? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxBytes) return null;
        try
        {
            return JsonSerializer.Deserialize<Update>(body, JsonBotAPI.Options) is { Id: > 0 } update ? update : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The client's converters throw whatever comes up (KeyNotFoundException for an unknown status): nothing here has an effect that could be half done.
            return null;
        }
    }
}
