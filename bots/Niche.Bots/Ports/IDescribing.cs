namespace Niche.Bots.Ports;

/// <summary>Says what is to be seen in a picture.</summary>
public interface IDescribing
{
    /// <summary>
    /// The description, made of words that the demo encoder knows, and how well it fits (cosine, -1 to 1); null when the picture cannot be read or nobody can
    /// say now.
    /// </summary>
    Task<(string Text, double Fit)?> DescribeAsync(ReadOnlyMemory<byte> picture, CancellationToken ct);
}
