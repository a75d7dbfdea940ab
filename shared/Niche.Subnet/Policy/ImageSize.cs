namespace Niche.Subnet.Policy;

/// <summary>Picture size in pixels.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record ImageSize(int Width, int Height)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Width}x{Height}");
}
