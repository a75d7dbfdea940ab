using Niche.Bots.Accounts;
using Niche.Bots.Buttons;
using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Operation;
using Niche.Bots.Outgoing;
using Niche.Bots.People;
using Niche.Bots.Texts;

namespace Niche.Bots.Handlers;

/// <summary><c>/settings</c>: shows and changes what a person, or a channel, usually wants.</summary>
public sealed class SettingsHandler(SettingBook settings, AccountStore accounts, ChannelStore channels, AuditLog audit, ButtonKeys keys, TextBook texts) : ICommandHandler
{
    /// <inheritdoc/>
    public string Name => CommandNames.Settings;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        bool channel = input.Options.Text("scope") == "channel";
        (string? name, string? value) = (input.Options.Text("name"), input.Options.Text("value"));
        if (name is null) await visit.AnswerAsync(await ViewAsync(visit, visit.Person, visit.Channel, visit.Words, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
        else if (value is null) await visit.RefuseAsync("settings.no-value", ct, Filling.Of("name", name)).ConfigureAwait(false);
        else if (channel) await SetChannelAsync(visit, name, value, ct).ConfigureAwait(false);
        else await SetPersonAsync(visit, name, value, ct).ConfigureAwait(false);
    }

    /// <summary>Changes a setting of the person and shows all of them.</summary>
    public async Task SetPersonAsync(Visit visit, string name, string value, CancellationToken ct)
    {
        (Func<Person, Person>? change, Notice? fault) = settings.ForPerson(name, value);
        if (change is null)
        {
            await visit.RefuseAsync([fault!], ct).ConfigureAwait(false);
            return;
        }

        // On all platforms that were joined: whoever they part from later keeps them.
        await accounts.ChangeAsync(visit.Account, change, ct).ConfigureAwait(false);
        Person after = change(visit.Person);
        // A new language shows itself at once.
        Words words = new(texts, Language.Find(after.Language) ?? Language.Find(visit.Happened.User.Locale) ?? visit.Words.Language);
        await visit.ReplaceAsync(await ViewAsync(visit, after, visit.Channel, words, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
    }

    private async Task SetChannelAsync(Visit visit, string name, string value, CancellationToken ct)
    {
        if (!await visit.ManagesAsync(ct).ConfigureAwait(false))
        {
            await visit.RefuseAsync("error.managers-only", ct).ConfigureAwait(false);
            return;
        }

        (Func<ChannelRules, ChannelRules>? change, Notice? fault) = settings.ForChannel(visit.Place.Platform, name, value);
        if (change is null)
        {
            await visit.RefuseAsync([fault!], ct).ConfigureAwait(false);
            return;
        }

        ChannelRules after = await channels.ChangeAsync(visit.Place, change, ct).ConfigureAwait(false);
        await audit.AddAsync(visit.Happened, "channel-setting", $"{name}={value}", ct).ConfigureAwait(false);
        await visit.AnswerAsync(await ViewAsync(visit, visit.Person, after, visit.Words, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
    }

    private async Task<View> ViewAsync(Visit visit, Person person, ChannelRules channel, Words words, CancellationToken ct)
    {
        ButtonSigner signer = await keys.GetAsync(ct).ConfigureAwait(false);
        string Id(string setting) => signer.Write(visit.Place.Platform, new ButtonId(ButtonAction.Setting, setting));
        string chosen = person.Language ?? "";
        return new View
        {
            Title = words.Line("settings.title"),
            Body = words.Say("settings.how"),
            Fields =
            [
                new ViewField(words.Line("settings.yours"), RichText.Plain(string.Join('\n', Lines(person.Defaults)
                    .Append($"language: {person.Language ?? "–"}").Append($"private: {(person.Private ? "true" : "false")}")))),
                new ViewField(words.Line("settings.channel"), RichText.Plain(string.Join('\n', Lines(channel.Defaults)
                    .Append($"language: {channel.Language ?? "–"}").Append($"max-count: {channel.MaxCount?.ToString(Invariant) ?? "–"}")
                    .Append($"max-steps: {channel.MaxSteps?.ToString(Invariant) ?? "–"}").Append($"pictures-per-hour: {channel.PicturesPerHour?.ToString(Invariant) ?? "–"}")
                    .Append($"adult: {channel.Adult.ToString().ToLowerInvariant()}").Append($"disable: {Or(string.Join(", ", channel.DisabledCommands))}")
                    .Append($"allow: {channel.Allowed.Count} · deny: {channel.Denied.Count}")))),
            ],
            Menu = new Menu(Id("menu"), words.Line("settings.language"), [.. Language.All.Select(language =>
                new MenuEntry(Id("language=" + language.Tag), language.Name, Chosen: language.Tag == chosen))]),
            Buttons = [[new Button(Id(person.Private ? "private=off" : "private=on"), words.Line(person.Private ? "settings.open" : "settings.private"))]],
            Private = true,
        };
    }

    private static readonly System.Globalization.CultureInfo Invariant = System.Globalization.CultureInfo.InvariantCulture;

    private static IEnumerable<string> Lines(PaintDefaults defaults) =>
    [
        $"model: {Or(defaults.Model)}", $"ratio: {Or(defaults.Ratio)}", $"count: {Or(defaults.Count?.ToString(Invariant))}", $"style: {Or(defaults.Style)}",
        $"steps: {Or(defaults.Steps?.ToString(Invariant))}", $"guidance: {Or(defaults.Guidance?.ToString(Invariant))}",
        $"negative: {Or(defaults.Negative is null ? null : StrangerText.Shown(defaults.Negative, 60))}",
    ];

    private static string Or(string? text) => string.IsNullOrEmpty(text) ? "–" : text;
}
