using Niche.Bots.Orders;

namespace Niche.Functions.Api.Accounts;

/// <summary>Answer of <c>GET /v1/history</c>: orders of every door, newest first.</summary>
/// <param name="Data">The orders.</param>
/// <param name="HasMore">There are older ones: ask again with <c>before</c>.</param>
public sealed record HistoryBody(IReadOnlyList<HistoryEntry> Data, bool HasMore);

/// <summary>One order.</summary>
/// <param name="Id">Id of its job.</param>
/// <param name="Door">Where it came from: <c>api</c>, <c>discord</c>, <c>telegram</c>, <c>terminal</c>.</param>
/// <param name="Prompt">The words before a style was added.</param>
/// <param name="Model">Model.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Steps">Denoising steps.</param>
/// <param name="Guidance">Guidance scale.</param>
/// <param name="Seed">Seed of the first picture: enough to paint it again in years.</param>
/// <param name="Count">Pictures.</param>
/// <param name="NegativePrompt">What was left out.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="Favorite">Kept among the favourites.</param>
/// <param name="Job">The job while it is kept, with its pictures.</param>
public sealed record HistoryEntry(
    string Id, string Door, string Prompt, string Model, int Width, int Height, int? Steps, double? Guidance, long Seed, int Count, string? NegativePrompt,
    DateTimeOffset CreatedAt, bool Favorite, JobView? Job)
{
    /// <summary>Makes the entry.</summary>
    public static HistoryEntry From(Order order, bool isFavorite, JobView? job) => new(
        order.JobId, order.Place.Platform, order.Prompt, order.Request.Model, order.Request.Width, order.Request.Height, order.Request.Steps, order.Request.Guidance,
        order.Request.Seeds[0], order.Request.Count, string.IsNullOrEmpty(order.Request.NegativePrompt) ? null : order.Request.NegativePrompt, order.At, isFavorite, job);
}
