using Niche.Bots.Moderation;
using Niche.Bots.Orders;

namespace Niche.Bots.Tests.Rig;

/// <summary>An operator's own classifier, which the test tells what to say.</summary>
public sealed class PaperModerator : IModerator
{
    private int _asked;

    /// <summary>Number of times that it was asked about a picture.</summary>
    public int Asked => _asked;

    public Func<ReadOnlyMemory<byte>, Judgement> OfPictures { get; set; } = _ => Judgement.Fine;

    public ValueTask<Judgement> JudgePromptAsync(string prompt, CancellationToken ct) => ValueTask.FromResult(Judgement.Fine);

    public ValueTask<Judgement> JudgePictureAsync(Order order, ReadOnlyMemory<byte> picture, CancellationToken ct)
    {
        Interlocked.Increment(ref _asked);
        return ValueTask.FromResult(OfPictures(picture));
    }
}
