namespace Niche.Bittensor.Chain.Weights;

/// <summary>A reason why the chain refuses weights, found before they are sent.</summary>
/// <param name="Code">The chain's own error name.</param>
/// <param name="Words">What is wrong and what would help.</param>
/// <param name="IsCertain">False when the chain knows more than was read, and may accept them after all.</param>
public sealed record WeightObjection(string Code, string Words, bool IsCertain = true)
{
    /// <summary>Code and words.</summary>
    public override string ToString() => $"{Code}: {Words}";
}
