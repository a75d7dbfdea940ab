using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Operation;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.People;
using Niche.Bots.Texts;

namespace Niche.Bots.Handlers;

/// <summary><c>/link</c>: without a code makes one; with a code from another platform joins the two accounts, history and favourites included.</summary>
public sealed class LinkHandler(LinkStore links, PersonStore people, OrderStore orders, QuotaStore quotas, AuditLog audit) : ICommandHandler
{
    private const string TriesEvent = "link-";
    private const int MaxTriesPerHour = 10;

    /// <inheritdoc/>
    public string Name => CommandNames.Link;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        if (input.Options.Text("code") is not { } code)
        {
            string fresh = await links.OfferAsync(visit.Person.AccountId, ct).ConfigureAwait(false);
            RichText shown = new([new Span($"/link {fresh}", SpanStyle.Code)]);
            await visit.SayAsync(Tone.Neutral, visit.Words.Say("link.offer", new Filling("command", shown), Filling.Of("n", LinkStore.Lifetime.TotalMinutes)), ct).ConfigureAwait(false);
            return;
        }

        // Codes are guessable only by trying; ten tries an hour are for typing errors.
        if (await quotas.TakeAsync("link-" + visit.PersonKey, 1, MaxTriesPerHour, TriesEvent + visit.Happened.Id, ct).ConfigureAwait(false) is { } wait)
        {
            await visit.RefuseAsync("error.quota", ct, Filling.Of("max", MaxTriesPerHour), Filling.Of("time", visit.Words.Time(wait))).ConfigureAwait(false);
            return;
        }

        if (await links.TakeAsync(code, ct).ConfigureAwait(false) is not { } account)
        {
            await visit.RefuseAsync("link.unknown", ct).ConfigureAwait(false);
            return;
        }

        if (account != visit.Person.AccountId)
        {
            await orders.CopyAsync(visit.Person.AccountId, account, ct).ConfigureAwait(false);
            await people.ChangeAsync(visit.Place.Platform, visit.Happened.User.Id, before => before with { AccountId = account }, ct).ConfigureAwait(false);
            await audit.AddAsync(visit.Happened, "accounts-joined", account, ct).ConfigureAwait(false);
        }

        await visit.SayAsync(Tone.Good, visit.Words.Say("link.done"), ct).ConfigureAwait(false);
    }
}
