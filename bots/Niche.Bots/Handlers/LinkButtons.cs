using System.Globalization;
using Niche.Bots.Accounts;
using Niche.Bots.Buttons;
using Niche.Bots.Handling;
using Niche.Bots.Operation;
using Niche.Bots.Outgoing;
using Niche.Bots.Texts;

namespace Niche.Bots.Handlers;

/// <summary>The buttons below <c>/link</c>: API keys, and parting. What they do, they do to whoever presses.</summary>
public sealed class LinkButtons(ApiKeyStore store, AccountStore accounts, ButtonKeys keys, AuditLog audit)
{
    /// <summary>Subject of the button that makes a key.</summary>
    public const string NewKey = "key";

    /// <summary>Subject of the button that lists keys.</summary>
    public const string Keys = "keys";

    /// <summary>Subject of the button that takes the person out of the account.</summary>
    public const string Leave = "leave";

    private const string Revoke = "revoke=";

    /// <summary>Runs a button.</summary>
    public Task RunAsync(Visit visit, string subject, CancellationToken ct) => subject switch
    {
        NewKey => MakeAsync(visit, ct),
        Keys => ListAsync(visit, ct),
        Leave => LeaveAsync(visit, ct),
        _ when subject.StartsWith(Revoke, StringComparison.Ordinal) => RevokeAsync(visit, subject[Revoke.Length..], ct),
        _ => visit.RefuseAsync("button.false", ct),
    };

    private async Task MakeAsync(Visit visit, CancellationToken ct)
    {
        if (await store.CreateAsync(visit.Member, visit.Place.Platform, visit.Happened.Id, ct).ConfigureAwait(false) is not { } made)
        {
            await visit.RefuseAsync("link.keys-full", ct, Filling.Of("max", ApiKeyStore.MaxKeys)).ConfigureAwait(false);
            return;
        }

        await audit.AddAsync(visit.Happened, "key-made", made.Kept.Prefix, ct).ConfigureAwait(false);
        await visit.AnswerAsync(Shown(visit.Words, made.Secret), ct).ConfigureAwait(false);
    }

    /// <summary>The one message that shows a key.</summary>
    public static View Shown(Words words, string secret) => new()
    {
        Body = words.Say("link.key", new Filling("key", new RichText([new Span(secret, SpanStyle.Code)]))),
        Tone = Tone.Good,
        Private = true,
        HoldsSecret = true,
    };

    private async Task ListAsync(Visit visit, CancellationToken ct)
    {
        Words words = visit.Words;
        IReadOnlyList<ApiKey> list = await store.ListAsync(visit.Account, ct).ConfigureAwait(false);
        if (list.Count == 0)
        {
            await visit.SayAsync(Tone.Neutral, words.Say("link.no-keys"), ct).ConfigureAwait(false);
            return;
        }

        ButtonSigner signer = await keys.GetAsync(ct).ConfigureAwait(false);
        string Id(string subject) => signer.Write(visit.Place.Platform, new ButtonId(ButtonAction.Account, subject));
        List<Span> spans = [];
        foreach (ApiKey key in list)
        {
            string used = key.UsedOn is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "–";
            spans.Add(new Span(key.Prefix, SpanStyle.Code));
            spans.Add(new Span(string.Create(CultureInfo.InvariantCulture, $" {StrangerText.Shown(key.Name, 40)} · {key.CreatedAt.UtcDateTime:yyyy-MM-dd} · {words.Line("link.used")}: {used}\n")));
        }

        await visit.AnswerAsync(
            new View
            {
                Title = words.Line("button.keys"),
                Body = new RichText(spans),
                Menu = new Menu(signer.Write(visit.Place.Platform, new ButtonId(ButtonAction.None, "menu")), words.Line("link.revoke"),
                    [.. list.TakeLast(20).Select(key => new MenuEntry(Id(Revoke + key.Id), key.Prefix))]),
                Private = true,
            },
            ct).ConfigureAwait(false);
    }

    private async Task RevokeAsync(Visit visit, string id, CancellationToken ct)
    {
        if (await store.RevokeAsync(visit.Account, id, ct).ConfigureAwait(false) is not { } key)
        {
            await visit.RefuseAsync("link.no-keys", ct).ConfigureAwait(false);
            return;
        }

        await audit.AddAsync(visit.Happened, "key-revoked", key.Prefix, ct).ConfigureAwait(false);
        await visit.SayAsync(Tone.Good, visit.Words.Say("link.revoked", Filling.Of("key", key.Prefix)), ct).ConfigureAwait(false);
    }

    private async Task LeaveAsync(Visit visit, CancellationToken ct)
    {
        bool left = await accounts.LeaveAsync(visit.Account, visit.Member, ct).ConfigureAwait(false);
        if (left) await audit.AddAsync(visit.Happened, "account-left", visit.Account.Id, ct).ConfigureAwait(false);
        await visit.SayAsync(left ? Tone.Good : Tone.Neutral, visit.Words.Say(left ? "link.left" : "link.alone"), ct).ConfigureAwait(false);
    }
}
