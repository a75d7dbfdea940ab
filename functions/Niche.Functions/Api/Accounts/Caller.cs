using Niche.Bots.Accounts;
using Niche.Bots.People;

namespace Niche.Functions.Api.Accounts;

/// <summary>Who calls the API with a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Person">Whose it is.</param>
/// <param name="Account">The account that they belong to.</param>
public sealed record Caller(ApiKey Key, Person Person, Account Account)
{
    /// <summary>The person as a member of the account.</summary>
    public Member Member => Key.Owner;
}
