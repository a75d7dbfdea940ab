using Niche.Bots.Incoming;
using Niche.Bots.Orders;
using Niche.Bots.People;

namespace Niche.Bots.Moderation;

/// <summary>What a place may see of a picture: the moderators' word on it, and what the channel does with pictures for adults.</summary>
public sealed class PictureGate(ModerationBoard moderation, ChannelStore channels)
{
    /// <summary>Looks at a picture before it is shown.</summary>
    /// <returns>Whether it is held back there, and whether it must be covered.</returns>
    public async Task<(bool Withheld, bool Cover)> LookAsync(Order order, Place place, ReadOnlyMemory<byte> picture, CancellationToken ct)
    {
        Judgement judgement = await moderation.JudgePictureAsync(order, picture, ct).ConfigureAwait(false);
        if (judgement != Judgement.Adult) return (judgement == Judgement.Refused, false);
        AdultPolicy policy = (await channels.GetAsync(place, ct).ConfigureAwait(false)).Adult;
        bool withheld = policy == AdultPolicy.Refuse;
        return (withheld, !withheld && !(policy == AdultPolicy.Allow && place.AgeRestricted));
    }
}
