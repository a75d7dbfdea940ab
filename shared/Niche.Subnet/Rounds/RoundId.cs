namespace Niche.Subnet.Rounds;

/// <summary>A round by its number: intervals since the Unix epoch, so that every instance names the same round without talking.</summary>
/// <param name="Netuid">Subnet.</param>
/// <param name="Index">Number of the interval.</param>
public readonly record struct RoundId(int Netuid, long Index)
{
    /// <summary>The round that holds an instant.</summary>
    public static RoundId At(int netuid, DateTimeOffset now, TimeSpan interval) =>
        new(netuid, (long)Math.Floor((double)(now - DateTimeOffset.UnixEpoch).Ticks / interval.Ticks));

    /// <summary>Start of the round.</summary>
    public DateTimeOffset Start(TimeSpan interval) => DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(Index * interval.Ticks);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Netuid}-{Index}");
}
