using System.Collections.Immutable;

namespace Niche.Subnet.Scoring;

/// <summary>All miners' scores by hotkey. Immutable: every change gives the next book.</summary>
/// <param name="Miners">By hotkey, in ordinal order, so that sums over it never depend on insertion.</param>
public sealed record ScoreBook(ImmutableSortedDictionary<string, MinerScore> Miners)
{
    /// <summary>No miners.</summary>
    public static ScoreBook Empty { get; } = new(ImmutableSortedDictionary.Create<string, MinerScore>(StringComparer.Ordinal));

    /// <summary>A book of these scores; a hotkey that appears twice keeps the later one.</summary>
    public static ScoreBook From(IEnumerable<MinerScore> scores)
    {
        var builder = Empty.Miners.ToBuilder();
        foreach (var score in scores) builder[score.Hotkey] = score;
        return new(builder.ToImmutable());
    }

    /// <summary>The score of a hotkey, or null.</summary>
    public MinerScore? Find(string hotkey) => Miners.GetValueOrDefault(hotkey);

    /// <summary>The book with this score added or replaced.</summary>
    public ScoreBook With(MinerScore score) => new(Miners.SetItem(score.Hotkey, score));

    /// <summary>The book without miners that are no longer registered.</summary>
    public ScoreBook Keep(IReadOnlySet<string> registered) => new(Miners.RemoveRange(Miners.Keys.Where(hotkey => !registered.Contains(hotkey))));
}
