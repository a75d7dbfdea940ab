using System.Text.Json;
using Niche.Bots.Discord.Interactions;

namespace Niche.Bots.Discord.Gateway;

/// <summary>A frame from the gateway.</summary>
/// <param name="Opcode">What it is; numbers unknown here are passed over.</param>
/// <param name="Data">Its content; undefined without.</param>
/// <param name="Sequence">Number of an event.</param>
/// <param name="Event">Name of an event.</param>
public sealed record GatewayFrame(GatewayOpcode Opcode, JsonElement Data, long? Sequence, string? Event)
{
    /// <summary>Reads a frame; throws <see cref="DiscordFormatException"/> for what is none.</summary>
    public static GatewayFrame Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 64 });
            JsonView frame = new(document.RootElement);
            if (frame.Integer("op") is not (>= 0 and <= 255 and var op)) throw new DiscordFormatException("A frame of the gateway has no opcode.");
            if (frame.Integer("s") is < 0) throw new DiscordFormatException("A sequence number is negative.");
            return new GatewayFrame((GatewayOpcode)op, frame.Any("d")?.Clone() ?? default, frame.Integer("s"), frame.Text("t", 64));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DiscordFormatException("A frame of the gateway is no JSON.", e);
        }
    }
}
