using Niche.Bots.Accounts;
using Niche.Bots.Buttons;
using Niche.Bots.Commands;
using Niche.Bots.Handlers;
using Niche.Bots.Incoming;
using Niche.Bots.Operation;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.People;
using Niche.Bots.Platforms;
using Niche.Bots.Texts;
using Niche.Bots.Updates;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Policy;

namespace Niche.Bots.Handling;

/// <summary>Takes events in: decides what the platform is told at once and makes the rest durable. Does nothing that takes longer than a few rows.</summary>
public sealed class BotDesk(
    IQueueStore queues, EventLog events, PersonStore people, AccountStore accounts, OrderStore orders, ButtonKeys keys, CommandBook book, SubnetPolicy policy, TextBook texts, InputForm inputs,
    PlatformBook platforms, BotMetrics metrics, TimeProvider time) : IBotDesk
{
    private const int MaxSuggestions = 10, MaxId = 100;

    /// <inheritdoc/>
    public async Task<Acknowledgement> ReceiveAsync(BotEvent happened, CancellationToken ct)
    {
        long start = time.GetTimestamp();
        Acknowledgement answer = await DecideAsync(happened, ct).ConfigureAwait(false);
        metrics.Acknowledged(happened.Place.Platform, time.GetElapsedTime(start));
        return answer;
    }

    private async Task<Acknowledgement> DecideAsync(BotEvent happened, CancellationToken ct)
    {
        if (happened.User.IsBot || happened.Id.Length is 0 or > MaxId) return new Acknowledgement.Nothing();
        if (happened is SuggestEvent typing) return new Acknowledgement.Suggest(await SuggestAsync(typing, ct).ConfigureAwait(false));
        Person person = await people.GetAsync(happened.Place.Platform, happened.User.Id, ct).ConfigureAwait(false);
        if (happened is InlineEvent query) return await InlineAsync(query, person, ct).ConfigureAwait(false);
        ButtonId? button = await ReadAsync(happened, ct).ConfigureAwait(false);
        if (happened is ButtonEvent && button is { Action: ButtonAction.Edit } edit && await FormAsync(happened, person, edit, ct).ConfigureAwait(false) is { } form) return form;
        if (happened is MessageCommandEvent { Name: CommandNames.MessageInput } command && await InputAsync(command, person, ct).ConfigureAwait(false) is { } input) return input;
        Acknowledgement promise = Promises.For(happened, book, person, button);
        // What comes of a private order is private as well, and a list shows nothing to others that they have not seen.
        if (promise is Acknowledgement.Later { Private: false } && button is not null
            && await orders.GetAsync(button.Subject, ct).ConfigureAwait(false) is { } order
            && (order.Private || (order.OwnerOnly && button.Action == ButtonAction.Show))) promise = new Acknowledgement.Later(true);
        // A repeated event is acknowledged as the first was; the queue need not see it when it is known to be over.
        if (!await events.IsDoneAsync(happened, ct).ConfigureAwait(false))
            await queues.PutAsync(BotNames.Updates, EventJson.Write(QueuedEvent.Of(happened, promise)), null, null, ct).ConfigureAwait(false);
        return promise;
    }

    private async Task<ButtonId?> ReadAsync(BotEvent happened, CancellationToken ct)
    {
        string? id = (happened as ButtonEvent)?.ButtonId ?? (happened as FormEvent)?.FormId;
        return id is null ? null : (await keys.GetAsync(ct).ConfigureAwait(false)).Read(happened.Place.Platform, id);
    }

    // A form must be the first answer. Where it cannot be shown, or may not, the event is answered like any other.
    private async Task<Acknowledgement?> FormAsync(BotEvent happened, Person person, ButtonId edit, CancellationToken ct)
    {
        if (platforms.Find(happened.Place.Platform) is not { Limits.Forms: true }) return null;
        if (await orders.GetAsync(edit.Subject, ct).ConfigureAwait(false) is not { } order) return null;
        if (order.Private && !(await AccountAsync(happened, person, ct).ConfigureAwait(false)).Owns(order)) return null;
        string id = (await keys.GetAsync(ct).ConfigureAwait(false)).Write(happened.Place.Platform, edit);
        return new Acknowledgement.Ask(EditForm.Of(order, id, WordsFor(happened, person)));
    }

    private async Task<Acknowledgement?> InputAsync(MessageCommandEvent command, Person person, CancellationToken ct)
    {
        if (platforms.Find(command.Place.Platform) is not { Limits.Forms: true } || CommandInput.PictureOf(command.Target.Attachments) is not { } picture) return null;
        string kept = await inputs.KeepAsync(picture, ct).ConfigureAwait(false);
        string id = (await keys.GetAsync(ct).ConfigureAwait(false)).Write(command.Place.Platform, new ButtonId(ButtonAction.Input, kept));
        return new Acknowledgement.Ask(InputForm.Of(id, WordsFor(command, person)));
    }

    private async Task<IReadOnlyList<string>> SuggestAsync(SuggestEvent typing, CancellationToken ct)
    {
        string typed = typing.Typed.Trim();
        IEnumerable<string> all = typing.Option switch
        {
            "model" => policy.Models.Where(model => model.Kind == ModelKind.Image).Select(model => model.Name),
            "ratio" => policy.Models.Where(model => model.Kind == ModelKind.Image).SelectMany(Ratios.Of).Distinct(),
            _ => [],
        };
        if (typing.Option == "id") all = await RecentAsync(typing, ct).ConfigureAwait(false);
        return [.. all.Where(one => one.Contains(typed, StringComparison.OrdinalIgnoreCase)).Take(MaxSuggestions)];
    }

    private async Task<IReadOnlyList<string>> RecentAsync(SuggestEvent typing, CancellationToken ct)
    {
        Person person = await people.GetAsync(typing.Place.Platform, typing.User.Id, ct).ConfigureAwait(false);
        List<string> ids = [];
        await foreach (Order order in orders.HistoryAsync(await AccountAsync(typing, person, ct).ConfigureAwait(false), ct).ConfigureAwait(false))
        {
            ids.Add(order.JobId);
            if (ids.Count == MaxSuggestions) break;
        }

        return ids;
    }

    private async Task<Acknowledgement> InlineAsync(InlineEvent query, Person person, CancellationToken ct)
    {
        string prompt = StrangerText.Clean(query.Query);
        if (prompt.Length == 0) return new Acknowledgement.Inline([]);
        Words words = WordsFor(query, person);
        string id = (await keys.GetAsync(ct).ConfigureAwait(false)).Write(query.Place.Platform, new ButtonId(ButtonAction.None, "wait"));
        string shown = StrangerText.Shown(prompt, 200);
        View message = new()
        {
            Body = new RichText([new Span(shown, SpanStyle.Quote), new Span("\n" + words.Line("wait.queued"))]),
            Tone = Tone.Busy,
            Buttons = [[new Button(id, "…")]],
        };
        return new Acknowledgement.Inline([new InlineAnswer("paint", words.Line("inline.title"), shown, message)]);
    }

    private Task<Account> AccountAsync(BotEvent happened, Person person, CancellationToken ct) =>
        accounts.OfAsync(person, happened.Place.Platform, happened.User.Id, ct);

    private Words WordsFor(BotEvent happened, Person person) =>
        new(texts, Language.Find(person.Language) ?? Language.Find(happened.User.Locale) ?? Language.English);
}
