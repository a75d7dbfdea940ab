using System.Collections.Immutable;

namespace Niche.Subnet.Scoring;

/// <summary>All scores, by hotkey and model. Immutable: every change gives the next book.</summary>
/// <param name="Miners">In ordinal order of hotkey, then model, so that sums over it never depend on insertion.</param>
public sealed record ScoreBook(ImmutableSortedDictionary<ScoreKey, MinerScore> Miners)
{
    /// <summary>No miners.</summary>
    public static ScoreBook Empty { get; } = new(ImmutableSortedDictionary<ScoreKey, MinerScore>.Empty);

    /// <summary>A book of these scores; of two with the same hotkey and model the later one stays.</summary>
    public static ScoreBook From(IEnumerable<MinerScore> scores)
    {
        var builder = Empty.Miners.ToBuilder();
        foreach (var score in scores) builder[score.Key] = score;
        return new(builder.ToImmutable());
    }

    /// <summary>The score of a hotkey in a model, or null.</summary>
    public MinerScore? Find(string hotkey, string model) => Miners.GetValueOrDefault(new ScoreKey(hotkey, model));

    /// <summary>The book with this score added or replaced.</summary>
    public ScoreBook With(MinerScore score) => new(Miners.SetItem(score.Key, score));

    /// <summary>Takes over what a miner declares now. Models that it no longer serves lose their rewards, which cannot be taken
    /// along or come back to; their counts stay.</summary>
    public ScoreBook Declare(string hotkey, IReadOnlyCollection<string> models, int totalVolume, DateTimeOffset now)
    {
        var builder = Miners.ToBuilder();
        foreach (var (key, score) in Miners)
            if (key.Hotkey == hotkey && !models.Contains(key.Model)) builder[key] = score.Forget(now);
        foreach (var model in models)
        {
            var key = new ScoreKey(hotkey, model);
            builder[key] = builder.TryGetValue(key, out var known)
                ? known with { TotalVolume = totalVolume }
                : MinerScore.New(hotkey, model, totalVolume, now);
        }

        return new(builder.ToImmutable());
    }

    /// <summary>The book without miners that are no longer registered.</summary>
    public ScoreBook Keep(IReadOnlySet<string> registered) => new(Miners.RemoveRange(Miners.Keys.Where(key => !registered.Contains(key.Hotkey))));
}
