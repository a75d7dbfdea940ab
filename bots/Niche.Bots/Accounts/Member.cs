using System.Text.Json.Serialization;
using Niche.Bots.Storage;

namespace Niche.Bots.Accounts;

/// <summary>One person on one platform as part of an account. What they order stays under their own home, whatever they are joined to.</summary>
/// <param name="Home">The account that began with them, see <see cref="People.Person.AccountId"/>; older people have smaller ones.</param>
/// <param name="Platform">Platform; <c>api</c> for accounts that began with an API key.</param>
/// <param name="UserId">Their id there.</param>
public sealed record Member(string Home, string Platform, string UserId)
{
    /// <summary>Platform of those who came by an API key.</summary>
    public const string Api = "api";

    /// <summary>As other tables name them: <c>platform:id</c>.</summary>
    [JsonIgnore]
    public string Key => Keys.Of(Platform, UserId);
}
