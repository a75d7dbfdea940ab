using Microsoft.Extensions.Options;
using Niche.Bots.Commands;
using Niche.Bots.Configuration;
using Niche.Bots.Incoming;
using Niche.Bots.Operation;
using Niche.Bots.People;
using Niche.Bots.Texts;

namespace Niche.Bots.Handling;

/// <summary>Who may come in: bans, a closed house, the channel's lists, commands that are off. Operators always may.</summary>
public sealed class Doorkeeper(HouseStore house, CommandBook book, IOptions<BotOptions> options)
{
    private static readonly string[] AlwaysOn = [CommandNames.Help, CommandNames.Settings, CommandNames.Admin, CommandNames.Start];

    /// <summary>True when the person is an operator.</summary>
    public bool IsOperator(BotEvent happened) => options.Value.Operators.Any(one =>
        one.Split(':') is [var platform, var id] && platform == happened.Place.Platform && id == happened.User.Id);

    /// <summary>Why a person may not come in; null when they may.</summary>
    public async Task<Notice?> RefusalAsync(Visit visit, CancellationToken ct)
    {
        if (visit.IsOperator) return null;
        HouseState state = await house.GetAsync(ct).ConfigureAwait(false);
        if (visit.Account.Members.Any(member => state.Banned.Contains(member.Key))) return new Notice("house.banned");
        if (state.Paused is { } word) return new Notice("house.paused", Filling.Of("text", StrangerText.Shown(word, 500)));
        ChannelRules rules = visit.Channel;
        bool listed = rules.Denied.Contains(visit.PersonKey) || (rules.Allowed.Count > 0 && !rules.Allowed.Contains(visit.PersonKey));
        // Managers cannot lock themselves out of the settings.
        string? command = (visit.Happened as CommandEvent)?.Name.ToLowerInvariant();
        if (listed && command != CommandNames.Settings) return new Notice("house.not-here");
        bool off = command is not null && rules.DisabledCommands.Contains(book.Find(command)?.Name ?? command) && !AlwaysOn.Contains(command);
        return off ? new Notice("house.command-off", Filling.Of("name", command!)) : null;
    }
}
