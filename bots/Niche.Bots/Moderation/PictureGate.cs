using Niche.Bots.Incoming;
using Niche.Bots.Orders;
using Niche.Bots.People;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.Moderation;

/// <summary>
/// What a place may see of a picture: the moderators' word on it, and what the channel does with pictures for adults. The word is asked for once and kept with
/// the order, so that a picture is the same everywhere and for ever; what the channel does with it is decided each time anew.
/// </summary>
public sealed class PictureGate(ModerationBoard moderation, ChannelStore channels, OrderStore orders, IBlobStore blobs)
{
    /// <summary>Looks whether a place may see a picture.</summary>
    /// <returns>Whether it is held back there, and whether it must be covered. One that is not there to be judged is held back.</returns>
    public async Task<(bool Withheld, bool Cover)> LookAsync(Order order, Place place, int index, CancellationToken ct)
    {
        Judgement judgement = Known(order, index) ?? await JudgeAsync(order.JobId, index, ct).ConfigureAwait(false);
        if (judgement != Judgement.Adult) return (judgement == Judgement.Refused, false);
        AdultPolicy policy = (await channels.GetAsync(place, ct).ConfigureAwait(false)).Adult;
        bool withheld = policy == AdultPolicy.Refuse;
        return (withheld, !withheld && !(policy == AdultPolicy.Allow && place.AgeRestricted));
    }

    // Moderators see the order as it was placed, whoever looks. Of two processes that ask at the same moment the first word holds.
    private async Task<Judgement> JudgeAsync(string jobId, int index, CancellationToken ct)
    {
        if (await orders.GetAsync(jobId, ct).ConfigureAwait(false) is not { } placed) return Judgement.Refused;
        if (Known(placed, index) is { } known) return known;
        if (await blobs.GetAsync(WorkNames.Images, $"{jobId}/{index}.png", ct).ConfigureAwait(false) is not { } picture) return Judgement.Refused;
        Judgement word = await moderation.JudgePictureAsync(placed, picture.Content, ct).ConfigureAwait(false);
        Order? kept = await orders.ChangeAsync(
            jobId, before => Known(before, index) is null ? before with { Judged = new Dictionary<int, Judgement>(before.Judged) { [index] = word } } : null, ct).ConfigureAwait(false);
        return kept is null ? Judgement.Refused : Known(kept, index) ?? word;
    }

    private static Judgement? Known(Order order, int index) => order.Judged.TryGetValue(index, out Judgement word) ? word : null;
}
