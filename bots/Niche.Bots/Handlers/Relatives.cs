using System.Security.Cryptography;
using System.Text;
using Niche.Bots.Handling;
using Niche.Bots.Orders;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;

namespace Niche.Bots.Handlers;

/// <summary>
/// Orders made from orders. A variation keeps seed and words and moves the guidance: the same composition, drawn more freely or more strictly. The
/// subnet has no way yet to start from a picture, and this does not claim one.
/// </summary>
public sealed class Relatives(OrderDesk desk, SubnetPolicy policy)
{
    private static readonly double[] Shifts = [1.5, -1.5, 2.5, -2.5, 1, -1, 3.5];

    /// <summary>Paints a variation of one picture.</summary>
    public Task VaryAsync(Visit visit, Order order, int index, CancellationToken ct)
    {
        double guidance = Shift(order.Request, visit.Happened.Id);
        JobDraft draft = DraftOf(order) with { Count = 1, Seed = order.Request.Seeds[Math.Min(index, order.Request.Count - 1)], Guidance = guidance };
        return desk.PlaceAsync(visit, Wanted(order, draft), ct);
    }

    /// <summary>Paints the same with other seeds.</summary>
    public Task AgainAsync(Visit visit, Order order, CancellationToken ct) => desk.PlaceAsync(visit, Wanted(order, DraftOf(order) with { Seed = null }), ct);

    /// <summary>Paints one picture once more exactly as it was, when its file is gone.</summary>
    public Task RepaintAsync(Visit visit, Order order, int index, CancellationToken ct) =>
        desk.PlaceAsync(visit, Wanted(order, DraftOf(order) with { Count = 1, Seed = order.Request.Seeds[Math.Min(index, order.Request.Count - 1)] }), ct);

    private static OrderDraft Wanted(Order order, JobDraft draft) => new(draft, order.Prompt, order.Style, order.Spoiler, order.JobId);

    private static JobDraft DraftOf(Order order) => new()
    {
        Kind = JobKind.Image, Model = order.Request.Model, Prompt = order.Request.Prompt, NegativePrompt = order.Request.NegativePrompt,
        Count = order.Request.Count, Width = order.Request.Width, Height = order.Request.Height, Steps = order.Request.Steps, Guidance = order.Request.Guidance,
        Seed = order.Request.Seeds[0],
    };

    // Follows from the event: done twice it is the same picture, pressed twice it is another one.
    private double Shift(JobRequest request, string eventId)
    {
        NumberRange? range = policy.Find(request.Model)?.Guidance;
        double[] possible = [.. Shifts.Select(shift => Math.Round(request.Guidance + shift, 2)).Where(guidance => range?.Contains(guidance) == true)];
        return possible.Length == 0 ? request.Guidance : possible[SHA256.HashData(Encoding.UTF8.GetBytes(eventId))[0] % possible.Length];
    }
}
