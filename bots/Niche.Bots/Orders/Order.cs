using System.Text.Json.Serialization;
using Niche.Bots.Incoming;
using Niche.Bots.Moderation;
using Niche.Bots.Outgoing;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Orders;

/// <summary>A job that came through a chat: what was asked for, by whom, and the message that shows it.</summary>
public sealed record Order
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>Who ordered, as <c>platform:id</c>.</summary>
    public required string Owner { get; init; }

    /// <summary>Their id on the platform; null in orders from before it was kept.</summary>
    public string? UserId { get; init; }

    /// <summary>Their home, see <see cref="Accounts.Member.Home"/>.</summary>
    public required string AccountId { get; init; }

    /// <summary>Where the answer goes.</summary>
    public required Place Place { get; init; }

    /// <summary>What is painted, with all defaults filled in: enough to paint it again in years.</summary>
    public required JobRequest Request { get; init; }

    /// <summary>The words before a style was added to them.</summary>
    public required string Prompt { get; init; }

    /// <summary>Style; null when none.</summary>
    public string? Style { get; init; }

    /// <summary>Language of its messages.</summary>
    public required string Language { get; init; }

    /// <summary>For its owner's eyes only.</summary>
    public bool Private { get; init; }

    /// <summary>Whoever did not order it learns nothing of it by its id: it was never shown before others.</summary>
    [JsonIgnore]
    public bool OwnerOnly => Private || Place.Kind == ChannelKind.Private;

    /// <summary>Covered until somebody wants to see it.</summary>
    public bool Spoiler { get; init; }

    /// <summary>The order that this one is a relative of; null when none.</summary>
    public string? Parent { get; init; }

    /// <summary>When it was placed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>It has no message yet because another one's shows its progress, see <see cref="WaitingLines"/>.</summary>
    public bool Waits { get; init; }

    /// <summary>The message that shows it; null before it was sent.</summary>
    public MessageRef? Message { get; init; }

    /// <summary>Who edits the message now, see <see cref="EditLease"/>; null when nobody does.</summary>
    public string? Editor { get; init; }

    /// <summary>Until then they may be believed alive.</summary>
    public DateTimeOffset? EditingUntil { get; init; }

    /// <summary>Something changed while somebody was editing.</summary>
    public bool Dirty { get; init; }

    /// <summary>Digest of the view that the message shows.</summary>
    public string? Shown { get; init; }

    /// <summary>When the message was last changed.</summary>
    public DateTimeOffset? ShownAt { get; init; }

    /// <summary>The last view is shown: nothing more happens by itself.</summary>
    public bool Closed { get; init; }

    /// <summary>What moderators said of its pictures, by index: once for each, see <see cref="PictureGate"/>.</summary>
    public IReadOnlyDictionary<int, Judgement> Judged { get; init; } = new Dictionary<int, Judgement>();

    /// <summary>Why its message can no longer be changed; its end is brought another way. Null while it can.</summary>
    public string? Stranded { get; init; }

    /// <summary>Why nothing can be shown any more: the channel, the message or the right is gone.</summary>
    public string? Lost { get; init; }
}
