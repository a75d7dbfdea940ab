namespace Niche.Subnet.Policy;

/// <summary>Settings that synthetic challenges draw from, each equally likely. They should look like what people ask for,
/// so that a miner cannot tell a challenge from an order.</summary>
/// <param name="Steps">Step counts within the model's range; empty for text.</param>
/// <param name="Guidance">Guidance scales within the model's range; empty for text.</param>
/// <param name="MaxTokens">Token limits within the model's range; empty for pictures.</param>
public sealed record ChallengePolicy(IReadOnlyList<int> Steps, IReadOnlyList<double> Guidance, IReadOnlyList<int> MaxTokens);
