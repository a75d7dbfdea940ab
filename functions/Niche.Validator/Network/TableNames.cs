namespace Niche.Validator.Network;

/// <summary>Tables of the validator beside those of the jobs.</summary>
public static class TableNames
{
    /// <summary>The newest metagraph and round, one row each.</summary>
    public const string Network = "network";

    /// <summary>A row per miner.</summary>
    public const string Miners = "miners";

    /// <summary>A row per miner: rewards, counts, times.</summary>
    public const string Standings = "standings";

    /// <summary>Every verdict with its evidence, a partition per miner, newest first.</summary>
    public const string Verdicts = "verdicts";

    /// <summary>Receipts, a partition per id.</summary>
    public const string Receipts = "receipts";

    /// <summary>Weight vectors that were set or refused, newest first.</summary>
    public const string Weights = "weights";

    /// <summary>Hashed weight commits until they are revealed, a partition per hotkey.</summary>
    public const string Commits = "commits";

    /// <summary>Digests of pictures seen, to find replays.</summary>
    public const string Seen = "seen";
}
