using System.Text.Json.Serialization;
using Niche.Bots.Incoming;
using Niche.Bots.Platforms;

namespace Niche.Bots.Updates;

/// <summary>An event on the queue, with what its platform was told at once.</summary>
/// <param name="Happened">The event.</param>
/// <param name="InPlace">The answer changes the message of the button.</param>
/// <param name="Private">The answer is for one person's eyes only; null when no answer was promised.</param>
public sealed record QueuedEvent(BotEvent Happened, bool InPlace, bool? Private)
{
    /// <summary>What was promised.</summary>
    [JsonIgnore]
    public Acknowledgement Promise => InPlace ? new Acknowledgement.InPlace()
        : Private is { } hidden ? new Acknowledgement.Later(hidden) : new Acknowledgement.Nothing();

    /// <summary>Puts an event and its promise together.</summary>
    public static QueuedEvent Of(BotEvent happened, Acknowledgement promise) =>
        new(happened, promise is Acknowledgement.InPlace, (promise as Acknowledgement.Later)?.Private);
}
