using Niche.Bots.Orders;

namespace Niche.Bots.Moderation;

/// <summary>All moderators as one.</summary>
public sealed class ModerationBoard(IEnumerable<IModerator> moderators)
{
    /// <summary>The strictest word on a prompt.</summary>
    public async Task<Judgement> JudgePromptAsync(string prompt, CancellationToken ct)
    {
        Judgement strictest = Judgement.Fine;
        foreach (IModerator moderator in moderators) strictest = Max(strictest, await moderator.JudgePromptAsync(prompt, ct).ConfigureAwait(false));
        return strictest;
    }

    /// <summary>The strictest word on a picture.</summary>
    public async Task<Judgement> JudgePictureAsync(Order order, ReadOnlyMemory<byte> picture, CancellationToken ct)
    {
        Judgement strictest = Judgement.Fine;
        foreach (IModerator moderator in moderators)
            strictest = Max(strictest, await moderator.JudgePictureAsync(order, picture, ct).ConfigureAwait(false));
        return strictest;
    }

    private static Judgement Max(Judgement one, Judgement other) => one > other ? one : other;
}
