using Niche.TelegramStandIn.Wire;

namespace Niche.TelegramStandIn.World;

/// <summary>A pressed button or an inline query that waits for the bot's answer.</summary>
/// <param name="id">Its id.</param>
/// <param name="asked">When the person asked.</param>
/// <param name="limit">For how long the server takes an answer.</param>
public sealed class StandInQuery(string id, DateTimeOffset asked, TimeSpan limit)
{
    private readonly TaskCompletionSource<ApiCall> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>The call that answered it.</summary>
    public Task<ApiCall> Answer => _answer.Task;

    /// <summary>Takes an answer; false when it comes too late or was given before.</summary>
    public bool Take(ApiCall call) => call.At - asked <= limit && _answer.TrySetResult(call);
}
