namespace Niche.Bots.People;

/// <summary>What holds in one channel, as its managers decided.</summary>
public sealed record ChannelRules
{
    /// <summary>Language when a person has none of ours; null is English.</summary>
    public string? Language { get; init; }

    /// <summary>What requests mean here when neither they nor the person say.</summary>
    public PaintDefaults Defaults { get; init; } = new();

    /// <summary>Most pictures of one request; null takes the model's.</summary>
    public int? MaxCount { get; init; }

    /// <summary>Most steps of one request; null takes the model's.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>Pictures of all people here in an hour; null is no limit.</summary>
    public int? PicturesPerHour { get; init; }

    /// <summary>What happens to prompts for adults.</summary>
    public AdultPolicy Adult { get; init; } = AdultPolicy.Refuse;

    /// <summary>People who may use the bot here; empty is everybody.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>People who may not.</summary>
    public IReadOnlyList<string> Denied { get; init; } = [];

    /// <summary>Commands that are not answered here.</summary>
    public IReadOnlyList<string> DisabledCommands { get; init; } = [];

    /// <summary>When somebody last spoke to the bot here.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>The bot was removed: nothing is sent here.</summary>
    public bool Left { get; init; }

    /// <summary>The place, for announcements.</summary>
    public Incoming.Place? Place { get; init; }
}
