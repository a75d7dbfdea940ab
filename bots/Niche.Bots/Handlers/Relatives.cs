using System.Security.Cryptography;
using System.Text;
using Niche.Bots.Handling;
using Niche.Bots.Orders;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;

namespace Niche.Bots.Handlers;

/// <summary>
/// Orders made from orders. A variation keeps seed and words and moves the guidance: the same composition, drawn more freely or more strictly. What was
/// painted from a picture is painted from it again.
/// </summary>
public sealed class Relatives(OrderDesk desk, GivenPictures pictures, SubnetPolicy policy)
{
    private static readonly double[] Shifts = [1.5, -1.5, 2.5, -2.5, 1, -1, 3.5];

    /// <summary>Paints a variation of one picture.</summary>
    public Task VaryAsync(Visit visit, Order order, int index, CancellationToken ct)
    {
        double guidance = Shift(order.Request, visit.Happened.Id);
        return PlaceAsync(visit, order, draft => draft with { Count = 1, Seed = SeedOf(order, index), Guidance = guidance }, ct);
    }

    /// <summary>Paints the same with other seeds.</summary>
    public Task AgainAsync(Visit visit, Order order, CancellationToken ct) => PlaceAsync(visit, order, draft => draft with { Seed = null }, ct);

    /// <summary>Paints one picture once more exactly as it was, when its file is gone.</summary>
    public Task RepaintAsync(Visit visit, Order order, int index, CancellationToken ct) =>
        PlaceAsync(visit, order, draft => draft with { Count = 1, Seed = SeedOf(order, index) }, ct);

    private static long SeedOf(Order order, int index) => order.Request.Seeds[Math.Min(index, order.Request.Count - 1)];

    private async Task PlaceAsync(Visit visit, Order order, Func<JobDraft, JobDraft> change, CancellationToken ct)
    {
        JobRequest request = order.Request;
        (byte[]? given, bool lost) = await pictures.ReadAsync(order, ct).ConfigureAwait(false);
        if (lost)
        {
            await visit.RefuseAsync("done.given-expired", ct).ConfigureAwait(false);
            return;
        }

        JobDraft draft = new()
        {
            Kind = JobKind.Image, Model = request.Model, Prompt = request.Prompt, NegativePrompt = request.NegativePrompt, Count = request.Count,
            Width = request.Width, Height = request.Height, Steps = request.Steps, Guidance = request.Guidance, Seed = request.Seeds[0],
            Picture = given, Strength = given is null ? null : request.Strength,
        };
        await desk.PlaceAsync(visit, new OrderDraft(change(draft), order.Prompt, order.Style, order.Spoiler, order.JobId), ct).ConfigureAwait(false);
    }

    // Follows from the event: done twice it is the same picture, pressed twice it is another one.
    private double Shift(JobRequest request, string eventId)
    {
        NumberRange? range = policy.Find(request.Model)?.Guidance;
        double[] possible = [.. Shifts.Select(shift => Math.Round(request.Guidance + shift, 2)).Where(guidance => range?.Contains(guidance) == true)];
        return possible.Length == 0 ? request.Guidance : possible[SHA256.HashData(Encoding.UTF8.GetBytes(eventId))[0] % possible.Length];
    }
}
