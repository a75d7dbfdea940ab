using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.People;
using Niche.Bots.Texts;

namespace Niche.Bots.Handlers;

/// <summary><c>/stats</c>: what the person used and has left.</summary>
public sealed class StatsHandler(OrderStore orders, QuotaStore quotas, AccountRules rules) : ICommandHandler
{
    private const int MaxCounted = 1000;

    /// <inheritdoc/>
    public string Name => CommandNames.Stats;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        int placed = 0, pictures = 0, kept = 0;
        await foreach (Order order in orders.HistoryAsync(visit.Account, ct).ConfigureAwait(false))
        {
            if (++placed == MaxCounted) break;
            pictures += order.Request.Count;
        }

        await foreach (Order _ in orders.FavoritesAsync(visit.Account, ct).ConfigureAwait(false))
        {
            if (++kept == MaxCounted) break;
        }

        int most = await rules.PicturesPerHourAsync(visit.Account, ct).ConfigureAwait(false);
        int used = await quotas.UsedAsync(visit.Account, "", ct).ConfigureAwait(false);
        Words words = visit.Words;
        await visit.AnswerAsync(
            new View
            {
                Title = words.Line("stats.title"),
                Fields =
                [
                    new ViewField(words.Line("stats.orders"), RichText.Plain(Number(placed))),
                    new ViewField(words.Line("stats.pictures"), RichText.Plain(Number(pictures))),
                    new ViewField(words.Line("stats.favorites"), RichText.Plain(Number(kept))),
                    new ViewField(words.Line("stats.hour"), words.Say("stats.used", Filling.Of("n", used), Filling.Of("max", most))),
                ],
                Private = true,
            },
            ct).ConfigureAwait(false);
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
