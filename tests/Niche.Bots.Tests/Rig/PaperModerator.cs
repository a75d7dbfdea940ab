using Niche.Bots.Moderation;
using Niche.Bots.Orders;

namespace Niche.Bots.Tests.Rig;

/// <summary>An operator's own classifier, which the test tells what to say.</summary>
public sealed class PaperModerator : IModerator
{
    public Func<ReadOnlyMemory<byte>, Judgement> OfPictures { get; set; } = _ => Judgement.Fine;

    public ValueTask<Judgement> JudgePromptAsync(string prompt, CancellationToken ct) => ValueTask.FromResult(Judgement.Fine);

    public ValueTask<Judgement> JudgePictureAsync(Order order, ReadOnlyMemory<byte> picture, CancellationToken ct) => ValueTask.FromResult(OfPictures(picture));
}
