namespace Niche.Functions.Api.Accounts;

/// <summary>Answer of <c>GET /v1/account</c>.</summary>
/// <param name="Doors">Platforms that were joined, oldest first; <c>api</c> for what began with a key.</param>
/// <param name="Keys">Keys of all of them.</param>
/// <param name="Pictures">Pictures of this hour.</param>
/// <param name="Texts">Texts of this hour.</param>
/// <param name="OpenOrders">Most open orders.</param>
public sealed record AccountView(IReadOnlyList<string> Doors, IReadOnlyList<KeyView> Keys, UsageView Pictures, UsageView Texts, int OpenOrders);

/// <summary>What was used of an hour's quota.</summary>
public sealed record UsageView(int Used, int PerHour);
