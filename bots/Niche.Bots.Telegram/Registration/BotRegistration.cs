using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Niche.Bots.Commands;
using Niche.Bots.Telegram.Calls;
using Niche.Bots.Telegram.Incoming;
using Niche.Storage;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Niche.Bots.Telegram.Registration;

/// <summary>Commands in every language, and the webhook. What stands at Telegram already is left alone.</summary>
public sealed class BotRegistration(TelegramCalls calls, IOptions<TelegramOptions> options, ITableStore tables)
{
    private const string English = "en", Table = "telegramwebhook", Row = "webhook";
    private const int MaxDescription = 256;
    private readonly JsonTable<WebhookMark> _marks = new(tables, Table);

    /// <summary>Makes Telegram show the commands, and send updates to the webhook when one is configured.</summary>
    public async Task RegisterAsync(CommandBook book, CancellationToken ct)
    {
        CommandSpec[] shown = [.. book.Commands.Where(command => !command.ForOperators)];
        // Telegram knows languages by their first two letters; no letters mean everybody else.
        var languages = shown.SelectMany(command => command.Description.Keys).Distinct(StringComparer.Ordinal)
            .GroupBy(tag => tag.Split('-')[0].ToLowerInvariant()).Where(group => group.Key.Length == 2 && group.Key != English)
            .Select(group => (Code: (string?)group.Key, Tag: group.First()));
        foreach ((string? code, string tag) in languages.Prepend((null, English)))
        {
            BotCommand[] wanted = [.. shown.Select(command => new BotCommand(command.Name, Described(command, tag)))];
            BotCommand[] known = await calls.AskAsync((bot, token) => bot.GetMyCommands(null, code, token), ct).ConfigureAwait(false);
            if (!known.Select(Key).SequenceEqual(wanted.Select(Key)))
                await calls.AskAsync((bot, token) => bot.SetMyCommands(wanted, null, code, token), ct).ConfigureAwait(false);
        }

        if (options.Value.WebhookUrl is { } url) await RegisterWebhookAsync(url.AbsoluteUri, ct).ConfigureAwait(false);
    }

    private async Task RegisterWebhookAsync(string url, CancellationToken ct)
    {
        string secret = options.Value.WebhookSecret, digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{url}\n{secret}")));
        WebhookInfo known = await calls.AskAsync((bot, token) => bot.GetWebhookInfo(token), ct).ConfigureAwait(false);
        bool same = known.Url == url && known.AllowedUpdates is { } kinds && kinds.ToHashSet().SetEquals(UpdateTranslator.Kinds)
            && await _marks.GetAsync(Row, Row, ct).ConfigureAwait(false) is { } mark && mark.Digest == digest;
        if (same) return;
        await calls.AskAsync((bot, token) => bot.SetWebhook(url, allowedUpdates: UpdateTranslator.Kinds, secretToken: secret, cancellationToken: token), ct).ConfigureAwait(false);
        await _marks.UpsertAsync(Row, Row, new WebhookMark(digest), ct).ConfigureAwait(false);
    }

    private static string Described(CommandSpec command, string tag)
    {
        string text = command.Description.GetValueOrDefault(tag) ?? command.Description[English];
        return text.Length <= MaxDescription ? text : text[..MaxDescription];
    }

    private static (string Name, string Description) Key(BotCommand command) => (command.Command, command.Description);
}
