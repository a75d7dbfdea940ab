using System.Text.Json.Serialization;

namespace Niche.Bots.Incoming;

/// <summary>
/// Something that a person did on a chat platform, in words that know no platform. A transport makes it from what it verified; it travels as JSON
/// in a queue message (at most 64 KiB), so it carries references, never bytes.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CommandEvent), "command")]
[JsonDerivedType(typeof(TextEvent), "text")]
[JsonDerivedType(typeof(ButtonEvent), "button")]
[JsonDerivedType(typeof(FormEvent), "form")]
[JsonDerivedType(typeof(MessageCommandEvent), "message-command")]
[JsonDerivedType(typeof(SuggestEvent), "suggest")]
[JsonDerivedType(typeof(InlineEvent), "inline")]
[JsonDerivedType(typeof(InlineChosenEvent), "inline-chosen")]
[JsonDerivedType(typeof(DepartureEvent), "departure")]
public abstract record BotEvent
{
    /// <summary>Unique on its platform for ever (interaction id, update id): the same event delivered twice carries the same id. 1 to 100 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Who did it.</summary>
    public required BotUser User { get; init; }

    /// <summary>Where, and where answers go.</summary>
    public required Place Place { get; init; }

    /// <summary>When, as the platform says.</summary>
    public required DateTimeOffset At { get; init; }
}
