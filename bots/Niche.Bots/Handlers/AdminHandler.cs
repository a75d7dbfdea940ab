using System.Globalization;
using Niche.Bots.Accounts;
using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Operation;
using Niche.Bots.Outgoing;
using Niche.Bots.People;
using Niche.Bots.Ports;
using Niche.Bots.Texts;

namespace Niche.Bots.Handlers;

/// <summary><c>/admin</c>, for operators: pause, drain, resume, ban, quota, announce, audit. Every use is in the audit log.</summary>
public sealed class AdminHandler(HouseStore house, PersonStore people, AccountStore accounts, OperatorKeys operatorKeys, AuditLog audit, Announcements announcements, INetworkFacts network) : ICommandHandler
{
    private const int AuditLines = 15, MaxQuota = 100_000;

    /// <inheritdoc/>
    public string Name => CommandNames.Admin;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        string action = input.Options.Text("action")!;
        (string? target, string? text) = (input.Options.Text("target"), input.Options.Text("text"));
        if (!visit.IsOperator)
        {
            await audit.AddAsync(visit.Happened, "admin-refused", action, ct).ConfigureAwait(false);
            await visit.RefuseAsync("error.operators-only", ct).ConfigureAwait(false);
            return;
        }

        await audit.AddAsync(visit.Happened, "admin-" + action, target ?? "", ct).ConfigureAwait(false);
        string? wrong = action switch
        {
            "ban" or "unban" or "quota" or "key" or "revoke" when target is null => "target",
            "announce" or "quota" when text is null => "text",
            _ => null,
        };
        if (wrong is not null) await visit.RefuseAsync("parse.missing", ct, Filling.Of("name", wrong), Filling.Of("command", Name)).ConfigureAwait(false);
        else await DoAsync(visit, action, target ?? "", text ?? "", ct).ConfigureAwait(false);
    }

    private async Task DoAsync(Visit visit, string action, string target, string text, CancellationToken ct)
    {
        switch (action)
        {
            case "pause":
                await house.ChangeAsync(before => before with { Paused = text.Length > 0 ? text : "–" }, ct).ConfigureAwait(false);
                break;
            case "drain":
                await house.ChangeAsync(before => before with { Draining = true }, ct).ConfigureAwait(false);
                break;
            case "resume":
                await house.ChangeAsync(before => before with { Paused = null, Draining = false }, ct).ConfigureAwait(false);
                break;
            case "ban":
                IReadOnlyList<string> keys = await KeysAsync(visit, target, ct).ConfigureAwait(false);
                await house.ChangeAsync(before => before with { Banned = [.. before.Banned.Except(keys), .. keys] }, ct).ConfigureAwait(false);
                break;
            case "unban":
                IReadOnlyList<string> freed = await KeysAsync(visit, target, ct).ConfigureAwait(false);
                await house.ChangeAsync(before => before with { Banned = [.. before.Banned.Except(freed)] }, ct).ConfigureAwait(false);
                break;
            case "quota":
                await QuotaAsync(visit, target, text, ct).ConfigureAwait(false);
                return;
            case "announce":
                int told = await announcements.PlaceAsync(text, ct).ConfigureAwait(false);
                await visit.SayAsync(Tone.Good, visit.Words.Say("admin.announced", Filling.Of("n", told)), ct).ConfigureAwait(false);
                return;
            case "key":
                (_, string secret) = await operatorKeys.CreateAsync(target, $"{visit.Place.Platform}-{visit.Happened.Id}", ct).ConfigureAwait(false);
                await visit.AnswerAsync(LinkButtons.Shown(visit.Words, secret), ct).ConfigureAwait(false);
                return;
            case "revoke":
                ApiKey? revoked = await operatorKeys.RevokeAsync(target, ct).ConfigureAwait(false);
                if (revoked is null) await visit.RefuseAsync("link.no-keys", ct).ConfigureAwait(false);
                else await visit.SayAsync(Tone.Good, visit.Words.Say("link.revoked", Filling.Of("key", revoked.Prefix)), ct).ConfigureAwait(false);
                return;
            case "audit":
                await AuditAsync(visit, ct).ConfigureAwait(false);
                return;
        }

        await StatusAsync(visit, ct).ConfigureAwait(false);
    }

    // All members of the account: whoever was banned must not come in by another door.
    private async Task<IReadOnlyList<string>> KeysAsync(Visit visit, string target, CancellationToken ct)
    {
        (string platform, string id) = SettingBook.PersonOf(visit.Place.Platform, target);
        string key = SettingBook.PersonKey(visit.Place.Platform, target);
        if (await people.FindAsync(platform, id, ct).ConfigureAwait(false) is not { } person) return [key];
        Account account = await accounts.OfAsync(person, platform, id, ct).ConfigureAwait(false);
        return [.. account.Members.Select(member => member.Key).Append(key).Distinct()];
    }

    private async Task QuotaAsync(Visit visit, string target, string text, CancellationToken ct)
    {
        bool none = text == "-";
        int number = 0;
        if (!none && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 0 and <= MaxQuota))
        {
            await visit.RefuseAsync("parse.range", ct, Filling.Of("name", "text"), Filling.Of("value", StrangerText.Shown(text, 40)), Filling.Of("min", 0), Filling.Of("max", MaxQuota))
                .ConfigureAwait(false);
            return;
        }

        (string platform, string id) = SettingBook.PersonOf(visit.Place.Platform, target);
        await people.ChangeAsync(platform, id, before => before with { PicturesPerHour = none ? null : number }, ct).ConfigureAwait(false);
        await StatusAsync(visit, ct).ConfigureAwait(false);
    }

    private async Task StatusAsync(Visit visit, CancellationToken ct)
    {
        HouseState state = await house.GetAsync(ct).ConfigureAwait(false);
        NetworkFacts facts = await network.ReadAsync(ct).ConfigureAwait(false);
        string[] lines =
        [
            $"paused: {state.Paused ?? "no"}", $"draining: {(state.Draining ? "yes" : "no")}", $"banned: {state.Banned.Count}",
            $"miners online: {facts.Miners.Count(miner => miner.Online)} of {facts.Miners.Count}", .. facts.Waiting.Select(queue => $"{queue.Key}: {queue.Value}"),
        ];
        await visit.SayAsync(Tone.Neutral, new RichText([new Span(string.Join('\n', lines), SpanStyle.Code)]), ct).ConfigureAwait(false);
    }

    private async Task AuditAsync(Visit visit, CancellationToken ct)
    {
        IReadOnlyList<AuditEntry> entries = await audit.ReadAsync(AuditLines, ct).ConfigureAwait(false);
        string[] lines = [.. entries.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.At.UtcDateTime:MM-dd HH:mm} {entry.Who} {entry.What} {entry.Detail}"))];
        await visit.SayAsync(Tone.Neutral, new RichText([new Span(string.Join('\n', lines), SpanStyle.Code)]), ct).ConfigureAwait(false);
    }
}
