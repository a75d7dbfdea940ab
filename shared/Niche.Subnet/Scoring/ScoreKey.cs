namespace Niche.Subnet.Scoring;

/// <summary>Whose score in what. The hotkey, never the uid: a newcomer on a recycled uid inherits nothing.</summary>
/// <param name="Hotkey">SS58 address.</param>
/// <param name="Model">Category.</param>
public readonly record struct ScoreKey(string Hotkey, string Model) : IComparable<ScoreKey>
{
    /// <summary>Ordinal order of hotkey, then model.</summary>
    public int CompareTo(ScoreKey other)
    {
        var byHotkey = string.CompareOrdinal(Hotkey, other.Hotkey);
        return byHotkey != 0 ? byHotkey : string.CompareOrdinal(Model, other.Model);
    }

    /// <summary>Order.</summary>
    public static bool operator <(ScoreKey left, ScoreKey right) => left.CompareTo(right) < 0;

    /// <summary>Order.</summary>
    public static bool operator >(ScoreKey left, ScoreKey right) => left.CompareTo(right) > 0;

    /// <summary>Order.</summary>
    public static bool operator <=(ScoreKey left, ScoreKey right) => left.CompareTo(right) <= 0;

    /// <summary>Order.</summary>
    public static bool operator >=(ScoreKey left, ScoreKey right) => left.CompareTo(right) >= 0;
}
