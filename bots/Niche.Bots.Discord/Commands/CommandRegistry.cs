using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Niche.Bots.Commands;
using Niche.Bots.Discord.Answers;
using Niche.Bots.Discord.Rest;

namespace Niche.Bots.Discord.Commands;

/// <summary>Makes Discord show our commands. Asks what it shows and replaces the whole set at once when something differs; an unchanged set sends nothing.</summary>
public sealed class CommandRegistry(DiscordRest rest, ILogger<CommandRegistry> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Registers the commands; throws <see cref="Platforms.PlatformException"/>.</summary>
    public async Task RegisterAsync(CommandBook book, CancellationToken ct)
    {
        ulong application = (await SendAsync(DiscordRoute.Me(), null, ct).ConfigureAwait(false)).Id
            ?? throw new Platforms.PlatformException(Platforms.PlatformFault.Unavailable, "Discord did not tell the id of the application.");
        JsonArray wanted = CommandJson.Of(book);
        DiscordAnswer existing = await SendAsync(DiscordRoute.Commands(HttpMethod.Get, application), null, ct).ConfigureAwait(false);
        if (CommandComparison.IsSame(wanted, existing.Value)) return;
        await SendAsync(DiscordRoute.Commands(HttpMethod.Put, application), new DiscordBody(wanted), ct).ConfigureAwait(false);
        log.LogInformation("Registered {Count} commands", wanted.Count);
    }

    private async Task<DiscordAnswer> SendAsync(DiscordRoute route, DiscordBody? body, CancellationToken ct)
    {
        DiscordAnswer answer = await rest.SendAsync(route, body, Patience, ct).ConfigureAwait(false);
        return answer.IsSuccess ? answer : throw answer.Error.ToException();
    }
}
