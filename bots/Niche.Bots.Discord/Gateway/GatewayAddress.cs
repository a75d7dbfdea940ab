using System.Text.Json;
using Niche.Bots.Discord.Interactions;

namespace Niche.Bots.Discord.Gateway;

/// <summary>Where the gateway is, and how many sessions may be started. Source: discord-api-docs, Get Gateway Bot.</summary>
/// <param name="Url">The address; null when Discord did not tell it.</param>
/// <param name="Remaining">Sessions that may still be started.</param>
/// <param name="ResetAfter">When the count starts anew.</param>
public sealed record GatewayAddress(Uri? Url, int Remaining, TimeSpan ResetAfter)
{
    private const long LongestReset = 24 * 3600 * 1000;

    /// <summary>Reads Discord's answer; throws <see cref="DiscordFormatException"/>.</summary>
    public static GatewayAddress Read(JsonElement answer)
    {
        try
        {
            JsonView view = new(answer);
            JsonView limit = view.Required("session_start_limit");
            if (!Uri.TryCreate(view.RequiredText("url", 512), UriKind.Absolute, out Uri? url) || url.Scheme is not ("wss" or "ws"))
                throw new DiscordFormatException("The address of the gateway is none.");
            long reset = Math.Clamp(limit.Integer("reset_after") ?? 0, 0, LongestReset);
            return new GatewayAddress(url, (int)Math.Clamp(limit.Integer("remaining") ?? 0, 0, int.MaxValue), TimeSpan.FromMilliseconds(reset));
        }
        catch (InvalidOperationException e)
        {
            throw new DiscordFormatException("A text is not valid Unicode.", e);
        }
    }
}
