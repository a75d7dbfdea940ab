using System.Globalization;
using Niche.Bots.Buttons;
using Niche.Bots.Handling;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Texts;

namespace Niche.Bots.Handlers;

/// <summary>A page of orders, with a menu to show one of them and buttons for the next page and the first.</summary>
public sealed class OrderList(ButtonKeys keys)
{
    private const int PageSize = 8, MaxLine = 60, MaxLabel = 38, MaxPages = 100;

    /// <summary>Makes a page.</summary>
    public async Task<View> PageAsync(Visit visit, IAsyncEnumerable<Order> orders, ButtonAction action, int page, string title, CancellationToken ct)
    {
        page = Math.Clamp(page, 0, MaxPages);
        List<Order> shown = [];
        bool more = false;
        int at = 0;
        await foreach (Order order in orders.WithCancellation(ct).ConfigureAwait(false))
        {
            if (at++ < page * PageSize) continue;
            more = shown.Count == PageSize;
            if (more) break;
            shown.Add(order);
        }

        Words words = visit.Words;
        if (shown.Count == 0) return new View { Title = words.Line(title), Body = words.Say("list.empty"), Private = true };
        ButtonSigner signer = await keys.GetAsync(ct).ConfigureAwait(false);
        string Id(ButtonAction what, string subject) => signer.Write(visit.Place.Platform, new ButtonId(what, subject));
        List<Span> spans = [];
        foreach (Order order in shown)
        {
            spans.Add(new Span(order.JobId, SpanStyle.Code));
            spans.Add(new Span($" {StrangerText.Shown(order.Prompt.ReplaceLineEndings(" "), MaxLine)} ({order.Request.Count})\n"));
        }

        List<Button> turns = [];
        if (page > 0) turns.Add(new Button(Id(action, Number(page - 1)), words.Line("button.newer"), Emoji: "⬅️"));
        if (more) turns.Add(new Button(Id(action, Number(page + 1)), words.Line("button.older"), Emoji: "➡️"));
        return new View
        {
            Title = words.Line(title),
            Body = new RichText(spans),
            Menu = new Menu(Id(ButtonAction.None, "menu"), words.Line("list.choose"), [.. shown.Select(order =>
                new MenuEntry(Id(ButtonAction.Show, order.JobId), StrangerText.Shown(order.Prompt.ReplaceLineEndings(" "), MaxLabel)))]),
            Buttons = turns.Count == 0 ? [] : [turns],
            Private = true,
        };
    }

    private static string Number(int page) => page.ToString(CultureInfo.InvariantCulture);
}
