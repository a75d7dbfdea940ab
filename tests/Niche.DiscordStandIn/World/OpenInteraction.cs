using System.Text.Json.Nodes;

namespace Niche.DiscordStandIn.World;

/// <summary>An interaction from its sending to the end of its token.</summary>
public sealed class OpenInteraction
{
    private readonly TaskCompletionSource<JsonObject> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its id.</summary>
    public required ulong Id { get; init; }

    /// <summary>Its token.</summary>
    public required string Token { get; init; }

    /// <summary>Discord's kind: 1 ping, 2 command, 3 component, 4 autocompletion, 5 form.</summary>
    public required int Kind { get; init; }

    /// <summary>Where it was made; null for a ping.</summary>
    public StandInChannel? Channel { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The message whose component or form it was.</summary>
    public StandInMessage? Source { get; init; }

    /// <summary>The first answer; null before.</summary>
    public JsonObject? Callback { get; private set; }

    /// <summary>Time from sending to the first answer.</summary>
    public TimeSpan AnsweredAfter { get; private set; }

    /// <summary>The message that "@original" names.</summary>
    public StandInMessage? Original { get; set; }

    /// <summary>Messages sent with its token, the original too.</summary>
    public IReadOnlyList<StandInMessage> Messages { get; private set; } = [];

    /// <summary>What it was, as it was sent.</summary>
    public required JsonObject Payload { get; init; }

    /// <summary>Waits for the first answer.</summary>
    public Task<JsonObject> AnsweredAsync(CancellationToken ct) => _answered.Task.WaitAsync(TimeSpan.FromSeconds(60), ct);

    /// <summary>Adds a message; whoever looks at those before keeps them.</summary>
    public void Add(StandInMessage message) => Messages = [.. Messages, message];

    /// <summary>Takes the first answer.</summary>
    public void Take(JsonObject callback, TimeSpan after)
    {
        (Callback, AnsweredAfter) = (callback, after);
        _answered.TrySetResult(callback);
    }
}
