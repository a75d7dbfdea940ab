using System.Globalization;
using Niche.Bots.Buttons;
using Niche.Bots.Handlers;
using Niche.Bots.Incoming;
using Niche.Bots.Moderation;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Texts;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.Handling;

/// <summary>Answers buttons, however old. What a button may do is decided from the order's row and the person who presses, never from the id alone.</summary>
public sealed class ButtonHandler(
    OrderStore orders, OrderFinder finder, Relatives relatives, OrderInfo info, Enlargements enlargements, PictureGate gate, ShowHandler show, CancelHandler cancel,
    HistoryHandler history, FavoritesHandler favorites, SettingsHandler settings, LinkButtons account)
{
    /// <summary>Runs a button.</summary>
    public async Task RunAsync(Visit visit, ButtonId? button, CancellationToken ct)
    {
        switch (button)
        {
            case null:
                await visit.RefuseAsync("button.false", ct).ConfigureAwait(false);
                return;
            case { Action: ButtonAction.None }:
                return;
            case { Action: ButtonAction.History }:
                await visit.ReplaceAsync(await history.PageAsync(visit, Page(button), ct).ConfigureAwait(false), ct).ConfigureAwait(false);
                return;
            case { Action: ButtonAction.Favorites }:
                await visit.ReplaceAsync(await favorites.PageAsync(visit, Page(button), ct).ConfigureAwait(false), ct).ConfigureAwait(false);
                return;
            case { Action: ButtonAction.Setting } when button.Subject.Split('=') is [var name, var value]:
                await settings.SetPersonAsync(visit, name, value, ct).ConfigureAwait(false);
                return;
            case { Action: ButtonAction.Account } when visit.Place.Kind == ChannelKind.Group && !visit.Platform.Limits.PrivateMessages:
                await visit.RefuseAsync("error.in-private", ct).ConfigureAwait(false);
                return;
            case { Action: ButtonAction.Account }:
                await account.RunAsync(visit, button.Subject, ct).ConfigureAwait(false);
                return;
        }

        if (await orders.GetAsync(button.Subject, ct).ConfigureAwait(false) is not { } order) await visit.RefuseAsync("error.no-order", ct).ConfigureAwait(false);
        else if (order.Private && !OrderFinder.Owns(visit, order)) await visit.RefuseAsync("error.not-yours", ct).ConfigureAwait(false);
        else await RunAsync(visit, button, order, ct).ConfigureAwait(false);
    }

    private Task RunAsync(Visit visit, ButtonId button, Order order, CancellationToken ct) => button.Action switch
    {
        ButtonAction.Pick => PickAsync(visit, order, button.Index, ct),
        ButtonAction.Vary => relatives.VaryAsync(visit, order, button.Index, ct),
        ButtonAction.Again => relatives.AgainAsync(visit, order, ct),
        ButtonAction.Edit => AskAsync(visit, order, ct),
        ButtonAction.Info => info.SendAsync(visit, order, ct),
        ButtonAction.Show => show.SendAsync(visit, order, ct),
        ButtonAction.Enlarge => EnlargeAsync(visit, order, button.Index, ct),
        ButtonAction.Favorite => FavoriteAsync(visit, order, ct),
        ButtonAction.Delete => DeleteAsync(visit, order, ct),
        ButtonAction.Cancel => CancelAsync(visit, order, ct),
        _ => visit.RefuseAsync("button.false", ct),
    };

    private async Task PickAsync(Visit visit, Order order, int index, CancellationToken ct)
    {
        if (await finder.PictureAsync(order, index, ct).ConfigureAwait(false) is null)
        {
            // Files are kept for some days, recipes for ever: the same seed gives the same picture.
            await relatives.RepaintAsync(visit, order, index, ct).ConfigureAwait(false);
            return;
        }

        (bool withheld, bool cover) = await gate.LookAsync(order, visit.Place, index, ct).ConfigureAwait(false);
        if (withheld)
        {
            await visit.RefuseAsync("error.withheld", ct).ConfigureAwait(false);
            return;
        }

        Picture picture = new(
            WorkNames.Images, $"{order.JobId}/{index}.png", OrderRenderer.FileName(order, index), StrangerText.Shown(order.Prompt, 400), order.Spoiler || cover, AsFile: true);
        long seed = order.Request.Seeds[Math.Min(index, order.Request.Count - 1)];
        View view = new()
        {
            Body = visit.Words.Say("pick.done", Filling.Of("n", index + 1), Filling.Of("id", order.JobId)),
            Footer = visit.Words.Line("order.seed", Filling.Of("n", seed)),
            Tone = Tone.Good,
            Pictures = [picture],
        };
        MessageRef sent = await visit.AnswerAsync(view, ct).ConfigureAwait(false);
        await orders.MarkAsync(sent, order.JobId, ct).ConfigureAwait(false);
    }

    private async Task EnlargeAsync(Visit visit, Order order, int index, CancellationToken ct)
    {
        if (await finder.PictureAsync(order, index, ct).ConfigureAwait(false) is { } picture) await enlargements.SendAsync(visit, order, index, picture.Content, ct).ConfigureAwait(false);
        else await visit.RefuseAsync("done.expired", ct).ConfigureAwait(false);
    }

    // Where there are no forms: the command to copy, and a reply that is awaited.
    private async Task AskAsync(Visit visit, Order order, CancellationToken ct)
    {
        RichText command = new([new Span(RequestText.Of(order, 1500), SpanStyle.Code)]);
        View view = new()
        {
            Body = visit.Words.Say("edit.reply", new Filling("command", command)),
            AwaitReply = visit.Words.Line("edit.title"),
        };
        MessageRef sent = await visit.AnswerAsync(view, ct).ConfigureAwait(false);
        await orders.MarkAsync(sent, order.JobId, ct).ConfigureAwait(false);
    }

    private async Task FavoriteAsync(Visit visit, Order order, CancellationToken ct)
    {
        bool kept = await orders.ToggleFavoriteAsync(visit.Account, visit.Person.AccountId, order, ct).ConfigureAwait(false);
        await visit.SayAsync(Tone.Good, visit.Words.Say(kept ? "favorite.kept" : "favorite.dropped"), ct).ConfigureAwait(false);
    }

    private async Task DeleteAsync(Visit visit, Order order, CancellationToken ct)
    {
        if (!OrderFinder.Owns(visit, order))
        {
            await visit.RefuseAsync("error.not-yours", ct).ConfigureAwait(false);
            return;
        }

        await cancel.CancelAsync(order, ct).ConfigureAwait(false);
        if (visit.Happened is ButtonEvent { Message: var message }) await visit.Platform.DeleteAsync(message, ct).ConfigureAwait(false);
        await orders.ChangeAsync(order.JobId, before => before with { Closed = true }, ct).ConfigureAwait(false);
    }

    private async Task CancelAsync(Visit visit, Order order, CancellationToken ct)
    {
        if (OrderFinder.Owns(visit, order) || await visit.ManagesAsync(ct).ConfigureAwait(false)) await cancel.CancelAsync(order, ct).ConfigureAwait(false);
        else await visit.RefuseAsync("error.not-yours", ct).ConfigureAwait(false);
    }

    private static int Page(ButtonId button) =>
        int.TryParse(button.Subject, NumberStyles.None, CultureInfo.InvariantCulture, out int page) ? page : 0;
}
