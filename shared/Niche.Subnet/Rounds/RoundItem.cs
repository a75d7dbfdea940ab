namespace Niche.Subnet.Rounds;

/// <summary>One synthetic request of a round.</summary>
/// <param name="Id">32 hex digits that nobody without the secret can guess; also the secret purpose for its challenge.</param>
/// <param name="Uid">Miner's slot.</param>
/// <param name="Hotkey">Miner.</param>
/// <param name="Model">Category.</param>
/// <param name="DueIn">Time after the start of the round.</param>
/// <param name="Scored">True for the one hidden request that is scored. Never leaves the validator.</param>
public sealed record RoundItem(string Id, int Uid, string Hotkey, string Model, TimeSpan DueIn, bool Scored);
