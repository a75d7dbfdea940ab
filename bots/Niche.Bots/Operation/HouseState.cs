namespace Niche.Bots.Operation;

/// <summary>What operators decided for all channels.</summary>
public sealed record HouseState
{
    /// <summary>Nothing new is taken; the text is shown to whoever asks. Null when open.</summary>
    public string? Paused { get; init; }

    /// <summary>Nothing new is painted, what waits is finished.</summary>
    public bool Draining { get; init; }

    /// <summary>People who are not served anywhere, as <c>platform:id</c>.</summary>
    public IReadOnlyList<string> Banned { get; init; } = [];
}
