using Niche.Bots.Moderation;
using Niche.Bots.Outgoing;
using Niche.Bots.Pictures;
using Niche.Bots.Platforms;
using Niche.Bots.Ports;
using Niche.Bots.Texts;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Orders;

/// <summary>Makes the view that an order has now, out of its job.</summary>
public sealed class OrderRenderer(
    OrderViews views, GridComposer grids, INetworkFacts network, IBlobStore blobs, PictureGate gate, WaitingLines lines)
{
    /// <summary>The view.</summary>
    public async Task<View> RenderAsync(Order order, JobSnapshot job, PlatformLimits limits, CancellationToken ct)
    {
        if (!job.IsFinal)
        {
            (int? position, TimeSpan? expected) = await network.EstimateAsync(job, ct).ConfigureAwait(false);
            IReadOnlyList<OrderProgress> others = await lines.OthersAsync(order, limits, ct).ConfigureAwait(false);
            return await views.OpenAsync(order, job, position, expected, await PreviewAsync(order, job, ct).ConfigureAwait(false), others, ct).ConfigureAwait(false);
        }

        (IReadOnlyList<int> kept, IReadOnlySet<int> withheld, bool cover) = await JudgeAsync(order, job, ct).ConfigureAwait(false);
        Order seen = cover ? order with { Spoiler = true } : order;
        IReadOnlyList<Picture> pictures = await PicturesAsync(seen, job, kept, withheld, limits, ct).ConfigureAwait(false);
        if (pictures.Count > 0) return await views.DoneAsync(seen, job, pictures, kept, ct).ConfigureAwait(false);
        Words words = views.WordsOf(order);
        bool painted = job.Units.Any(unit => unit.Result is not null);
        RichText why = job.Status == JobStatus.Cancelled ? words.Say("done.nothing")
            : withheld.Count > 0 ? words.Say("error.withheld")
            : painted ? words.Say("done.expired")
            : words.Say("done.failed").Append(RichText.Plain(" ")).Append(words.Say(new Notice("error." + (job.Error?.Code ?? "internal"), Reasons(order))));
        return await views.EmptyAsync(order, why, job.Status == JobStatus.Failed, ct).ConfigureAwait(false);
    }

    // What is known of the job fills the general sentences of the error.
    private static Filling[] Reasons(Order order) =>
        [Filling.Of("parameter", ""), Filling.Of("values", order.Request.Model), Filling.Of("min", ""), Filling.Of("max", ""), Filling.Of("seconds", 60)];

    private async Task<(IReadOnlyList<int> Kept, IReadOnlySet<int> Withheld, bool Cover)> JudgeAsync(Order order, JobSnapshot job, CancellationToken ct)
    {
        List<int> kept = [];
        HashSet<int> withheld = [];
        bool cover = false;
        foreach (JobUnit unit in job.Units.Where(unit => unit.Result is not null))
        {
            if (!await blobs.ExistsAsync(WorkNames.Images, $"{job.Job.Id}/{unit.Result!.File}", ct).ConfigureAwait(false)) continue;
            (bool refused, bool covered) = await gate.LookAsync(order, order.Place, unit.Index, ct).ConfigureAwait(false);
            if (refused) withheld.Add(unit.Index);
            else kept.Add(unit.Index);
            cover |= covered;
        }

        return (kept, withheld, cover);
    }

    private async Task<IReadOnlyList<Picture>> PreviewAsync(Order order, JobSnapshot job, CancellationToken ct)
    {
        // A single picture is there at once. An album cannot grow one by one, so that everywhere a grid is what fills up.
        if (order.Request.Count == 1 || job.Done == 0) return [];
        (IReadOnlyList<int> kept, IReadOnlySet<int> withheld, bool cover) = await JudgeAsync(order, job, ct).ConfigureAwait(false);
        return kept.Count == 0 ? [] : await GridAsync(cover ? order with { Spoiler = true } : order, job, withheld, ct).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<Picture>> PicturesAsync(
        Order order, JobSnapshot job, IReadOnlyList<int> kept, IReadOnlySet<int> withheld, PlatformLimits limits, CancellationToken ct)
    {
        if (kept.Count == 0) return [];
        if (order.Request.Count > 1 && !limits.Albums) return await GridAsync(order, job, withheld, ct).ConfigureAwait(false);
        return [.. kept.Select(i => new Picture(
            WorkNames.Images, $"{order.JobId}/{job.Units[i].Result!.File}", FileName(order, i), Description(order), order.Spoiler))];
    }

    private async Task<IReadOnlyList<Picture>> GridAsync(Order order, JobSnapshot job, IReadOnlySet<int> withheld, CancellationToken ct)
    {
        string? grid = await grids.ComposeAsync(job, withheld, ct).ConfigureAwait(false);
        return grid is null ? [] : [new Picture(BotNames.Pictures, grid, $"niche-{order.JobId}.png", Description(order), order.Spoiler)];
    }

    private static string Description(Order order) => StrangerText.Shown(order.Prompt, 400);

    /// <summary>The name of a picture's file: ours, safe, and it tells which one it is.</summary>
    public static string FileName(Order order, int index) => $"niche-{order.JobId}-{index + 1}.png";
}
