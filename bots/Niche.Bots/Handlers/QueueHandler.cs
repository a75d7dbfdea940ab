using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Ports;
using Niche.Bots.Texts;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Handlers;

/// <summary><c>/queue</c>: where the person's own orders stand, and how many wait in all.</summary>
public sealed class QueueHandler(OrderStore orders, JobStore jobs, INetworkFacts network) : ICommandHandler
{
    private const int MaxLooked = 40, MaxShown = 10, MaxLine = 60;

    /// <inheritdoc/>
    public string Name => CommandNames.Queue;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        List<ViewField> fields = [];
        int looked = 0;
        await foreach (Order order in orders.HistoryAsync(visit.Account, ct).ConfigureAwait(false))
        {
            if (++looked > MaxLooked || fields.Count == MaxShown) break;
            if (order.Closed || await jobs.GetAsync(order.JobId, ct).ConfigureAwait(false) is not { IsFinal: false } job) continue;
            (int? position, TimeSpan? expected) = await network.EstimateAsync(job, ct).ConfigureAwait(false);
            fields.Add(new ViewField(StrangerText.Shown(order.Prompt, MaxLine), Line(visit.Words, job, position, expected)));
        }

        long all = (await network.ReadAsync(ct).ConfigureAwait(false)).Waiting.GetValueOrDefault(WorkNames.OrganicJobs);
        await visit.AnswerAsync(
            new View
            {
                Title = visit.Words.Line("queue.title"),
                Body = visit.Words.Say(fields.Count == 0 ? "queue.none" : "queue.some", Filling.Of("n", fields.Count), Filling.Of("all", all)),
                Fields = fields,
                Private = true,
            },
            ct).ConfigureAwait(false);
    }

    private static RichText Line(Words words, JobSnapshot job, int? position, TimeSpan? expected)
    {
        RichText place = position is { } before
            ? before == 0 ? words.Say("wait.next") : words.Say("wait.before", Filling.Of("n", before))
            : words.Say("wait.done-of", Filling.Of("n", job.Done), Filling.Of("all", job.Units.Count));
        return expected is { } time ? place.Append(RichText.Plain($" · {words.Time(time)}")) : place;
    }
}
