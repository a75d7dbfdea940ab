using System.Text.Json;
using Niche.Bots.Handling;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Ports;
using Niche.Bots.Texts;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;

namespace Niche.Bots.Orders;

/// <summary>Takes orders: looks whether they may be placed, makes the job durable, shows the person where they stand.</summary>
public sealed class OrderDesk(
    OrderRules rules, OrderStore orders, OrderBoard board, OrderRenderer renderer, WaitingLines lines, IPainting painting, JobStore jobs, IQueueStore queues, TimeProvider time)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(2);

    /// <summary>Places an order, or says why not. Done twice for the same event it is still one order with one message.</summary>
    public async Task PlaceAsync(Visit visit, OrderDraft wanted, CancellationToken ct)
    {
        (JobDraft draft, bool spoiler, Notice? refusal) = await rules.CheckAsync(visit, wanted, ct).ConfigureAwait(false);
        if (refusal is not null)
        {
            await visit.RefuseAsync([refusal], ct).ConfigureAwait(false);
            return;
        }

        string platform = visit.Place.Platform;
        Submission submission = await painting.SubmitAsync(draft, platform, $"{platform}:{visit.Happened.Id}", ct).ConfigureAwait(false);
        if (submission.Job is not { } job)
        {
            await visit.RefuseAsync([.. submission.Errors.Select(Notice.Of)], ct).ConfigureAwait(false);
            return;
        }

        Order order = await orders.AddAsync(
            new Order
            {
                JobId = job.Id, Owner = visit.PersonKey, UserId = visit.Happened.User.Id, AccountId = visit.Person.AccountId, Place = visit.Place, Request = job.Request,
                Prompt = wanted.Prompt, Style = wanted.Style, Language = visit.Words.Language.Tag, Private = visit.IsPrivate,
                Spoiler = spoiler, Parent = wanted.Parent, At = time.GetUtcNow(),
            },
            ct).ConfigureAwait(false);
        if (order is { Message: null, Stranded: null, Waits: false }) await ShowFirstAsync(visit, order, ct).ConfigureAwait(false);
        await queues.PutAsync(BotNames.Progress, JsonSerializer.Serialize(new OrderMark(job.Id), JsonSerializerOptions.Web), FirstLook, null, ct).ConfigureAwait(false);
        // Pictures may have been finished while there was no message to show them in.
        await board.ShowAsync(job.Id, ct).ConfigureAwait(false);
    }

    private async Task ShowFirstAsync(Visit visit, Order order, CancellationToken ct)
    {
        if (await lines.JoinAsync(order, visit.Platform.Limits, ct).ConfigureAwait(false))
        {
            await orders.ChangeAsync(order.JobId, before => before with { Waits = before.Message is null }, ct).ConfigureAwait(false);
            await board.ShowPlaceAsync(order, ct).ConfigureAwait(false);
            return;
        }

        JobSnapshot snapshot = (await jobs.GetAsync(order.JobId, ct).ConfigureAwait(false))!;
        View view = await renderer.RenderAsync(order, snapshot, visit.Platform.Limits, ct).ConfigureAwait(false);
        MessageRef message;
        try
        {
            message = await visit.AnswerAsync(view, ct).ConfigureAwait(false);
        }
        catch (PlatformException e) when (LateDelivery.Strands(e.Fault))
        {
            // The event itself came too late to be answered; its picture still comes.
            await orders.ChangeAsync(order.JobId, before => before with { Stranded = e.Fault.ToString() }, ct).ConfigureAwait(false);
            return;
        }

        await orders.MarkAsync(message, order.JobId, ct).ConfigureAwait(false);
        // Who came while the message of all was being sent is shown in it at once.
        DateTimeOffset? shown = WaitingLines.Shares(order, visit.Platform.Limits) ? null : time.GetUtcNow();
        await orders.ChangeAsync(
            order.JobId,
            before => before with { Message = message, Shown = OrderBoard.DigestOf(view), ShownAt = shown, Closed = snapshot.IsFinal },
            ct).ConfigureAwait(false);
    }
}
