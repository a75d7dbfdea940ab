using Niche.Bots.Accounts;
using Niche.Bots.Buttons;
using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Operation;
using Niche.Bots.Outgoing;
using Niche.Bots.Texts;

namespace Niche.Bots.Handlers;

/// <summary>
/// <c>/link</c>: without a code makes one, and offers API keys; with a code from another platform or from the API joins the two accounts.
/// </summary>
public sealed class LinkHandler(Linking linking, AccountStore accounts, ButtonKeys keys, AuditLog audit) : ICommandHandler
{
    private const int MaxTriesPerHour = 10;

    /// <inheritdoc/>
    public string Name => CommandNames.Link;

    /// <inheritdoc/>
    public Task RunAsync(Visit visit, CommandInput input, CancellationToken ct) =>
        input.Options.Text("code") is { } code ? JoinAsync(visit, code, ct) : OfferAsync(visit, ct);

    private async Task OfferAsync(Visit visit, CancellationToken ct)
    {
        Words words = visit.Words;
        RichText command = new([new Span($"/link {await linking.OfferAsync(visit.Member, ct).ConfigureAwait(false)}", SpanStyle.Code)]);
        ButtonSigner signer = await keys.GetAsync(ct).ConfigureAwait(false);
        Button Button(string subject, string key) => new(signer.Write(visit.Place.Platform, new ButtonId(ButtonAction.Account, subject)), words.Line(key));
        List<Button> row = [Button(LinkButtons.NewKey, "button.new-key"), Button(LinkButtons.Keys, "button.keys")];
        if (visit.Account.IsJoined) row.Add(Button(LinkButtons.Leave, "button.leave"));
        await visit.AnswerAsync(
            new View
            {
                Body = words.Say("link.offer", new Filling("command", command), Filling.Of("n", People.LinkStore.Lifetime.TotalMinutes)),
                Fields = visit.Account.IsJoined ? [new ViewField(words.Line("link.joined"), RichText.Plain(string.Join(", ", visit.Account.Members.Select(member => member.Platform))))] : [],
                Buttons = [row],
                Private = true,
                HoldsSecret = true,
            },
            ct).ConfigureAwait(false);
    }

    private async Task JoinAsync(Visit visit, string code, CancellationToken ct)
    {
        (Member? maker, TimeSpan? wait) = await linking.TakeAsync(code, visit.PersonKey, MaxTriesPerHour, visit.Happened.Id, ct).ConfigureAwait(false);
        if (wait is { } rest)
        {
            await visit.RefuseAsync("error.quota", ct, Filling.Of("max", MaxTriesPerHour), Filling.Of("time", visit.Words.Time(rest))).ConfigureAwait(false);
            return;
        }

        if (maker is null)
        {
            await visit.RefuseAsync("link.unknown", ct).ConfigureAwait(false);
            return;
        }

        switch (await accounts.JoinAsync(visit.Member, maker, ct).ConfigureAwait(false))
        {
            case JoinOutcome.Joined:
                await audit.AddAsync(visit.Happened, "accounts-joined", maker.Key, ct).ConfigureAwait(false);
                await visit.SayAsync(Tone.Good, visit.Words.Say("link.done"), ct).ConfigureAwait(false);
                break;
            case JoinOutcome.AlreadyOne:
                await visit.SayAsync(Tone.Neutral, visit.Words.Say("link.same"), ct).ConfigureAwait(false);
                break;
            case JoinOutcome.TooMany:
                await visit.RefuseAsync("link.too-many", ct, Filling.Of("max", AccountStore.MaxMembers)).ConfigureAwait(false);
                break;
            default:
                await visit.RefuseAsync("link.changed", ct).ConfigureAwait(false);
                break;
        }
    }
}
