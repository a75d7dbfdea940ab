using Niche.Attacks.Kinds;

namespace Niche.Attacks;

/// <summary>Every dishonest miner there is, by name.</summary>
public static class AttackKinds
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<AttackKind> All { get; } =
    [
        new("half-steps", "Runs half the steps that were asked for: half the work for nearly the same picture.", (work, _) => new HalfSteps(work)),
        new("replay", "Paints one picture and answers with old ones from then on.", (work, _) => new Replay(work)),
        new("other-prompt", "Paints something else than was asked, always the same few words.", (work, _) => new OtherPrompt(work)),
        new("other-seed", "Paints from another seed, so that no picture can be reproduced.", (work, _) => new OtherSeed(work)),
        new("blank", "Answers with one colour in the right size.", (work, _) => new Blank(work)),
        new("wrong-size", "Answers with a picture of half the size.", (work, _) => new WrongSize(work)),
        new("garbage", "Answers with text that is no base64, or with random bytes.", (work, _) => new Garbage(work)),
        new("bomb", "Answers with a small file that unpacks to 30000 x 30000 pixels.", (work, _) => new Bomb(work)),
        new("corrupt", "Answers with a right header and pixel data that can not be unpacked.", (work, _) => new Corrupt(work)),
        new("liar", "Says success and sends nothing.", (work, _) => new Liar(work)),
        new("oversized", "Answers with 64 MB.", (work, _) => new Oversized(work)),
        new("silent", "Accepts every request and never answers.", (work, time) => new Silent(work, time)),
        new("slow", "Does the work and answers after the timeout.", (work, time) => new Slow(work, time)),
        new("text-canned", "Answers every text with the same sentence.", (work, _) => new TextCanned(work)),
    ];

    /// <summary>The kind of a name, or null.</summary>
    public static AttackKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
