using System.Globalization;
using Niche.Bots.Configuration;
using Niche.Bots.Handling;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Ports;
using Niche.Bots.Texts;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Microsoft.Extensions.Options;

namespace Niche.Bots.Handlers;

/// <summary>All that made an order's pictures: the words, every setting, and for each picture seed, miner and receipt.</summary>
public sealed class OrderInfo(JobStore jobs, IReceiptBook receipts, IOptions<BotOptions> options)
{
    private const int MaxPrompt = 900;

    /// <summary>Answers with it.</summary>
    public async Task SendAsync(Visit visit, Order order, CancellationToken ct)
    {
        Words words = visit.Words;
        JobSnapshot? job = await jobs.GetAsync(order.JobId, ct).ConfigureAwait(false);
        List<ViewField> fields = [new(words.Line("info.command"), new RichText([new Span(RequestText.Of(order, MaxPrompt), SpanStyle.Code)]))];
        foreach (JobUnit unit in job?.Units.Where(unit => unit.Result is not null) ?? []) fields.Add(await FieldAsync(words, unit, ct).ConfigureAwait(false));
        await visit.AnswerAsync(
            new View
            {
                Title = words.Line("info.title"),
                Body = RichText.Plain(order.Parent is { } parent ? words.Line("done.parent", Filling.Of("id", parent)) : ""),
                Fields = fields,
                Footer = order.JobId,
                Private = true,
            },
            ct).ConfigureAwait(false);
    }

    private async Task<ViewField> FieldAsync(Words words, JobUnit unit, CancellationToken ct)
    {
        UnitResult result = unit.Result!;
        string text = words.Line("order.seed", Filling.Of("n", result.Seed)) + string.Create(CultureInfo.InvariantCulture, $" · uid {result.MinerUid}");
        if (await receipts.FindAsync(result.ReceiptId, ct).ConfigureAwait(false) is { } receipt)
            text += string.Create(CultureInfo.InvariantCulture, $" · {receipt.Receipt.Outcome} · {receipt.Receipt.MinerMs / 1000.0:0.0} s");
        List<Span> spans = [new(text)];
        if (options.Value.PublicAddress is { } home)
            spans.AddRange([new Span(" · "), new Span(words.Line("info.receipt"), SpanStyle.Link, new Uri(home, $"v1/receipts/{result.ReceiptId}"))]);
        return new ViewField(words.Line("info.picture", Filling.Of("n", unit.Index + 1)), new RichText(spans));
    }
}
