using Niche.Bots.Orders;

namespace Niche.Bots.Moderation;

/// <summary>Looks at what is asked for and at what would be delivered. Register any number of them: the strictest word counts.</summary>
public interface IModerator
{
    /// <summary>Before anything is painted.</summary>
    /// <param name="prompt">All words of the request, cleaned.</param>
    /// <param name="ct">Stops.</param>
    ValueTask<Judgement> JudgePromptAsync(string prompt, CancellationToken ct);

    /// <summary>Before a picture is shown anywhere; an operator's own classifier goes here. Asked once for each picture, with its order as it was placed: the word is kept.</summary>
    ValueTask<Judgement> JudgePictureAsync(Order order, ReadOnlyMemory<byte> picture, CancellationToken ct);
}
