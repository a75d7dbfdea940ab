using Niche.Bots.Accounts;

namespace Niche.Functions.Api.Accounts;

/// <summary>A key as the API shows it: never the key itself.</summary>
/// <param name="Id">Its public part.</param>
/// <param name="Prefix">How it begins.</param>
/// <param name="Name">What it is for.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UsedOn">Day of its last use; absent before the first.</param>
/// <param name="IsThis">It is the one of this request.</param>
public sealed record KeyView(string Id, string Prefix, string Name, DateTimeOffset CreatedAt, DateOnly? UsedOn, bool IsThis)
{
    /// <summary>Makes the view.</summary>
    public static KeyView From(ApiKey key, ApiKey used) => new(key.Id, key.Prefix, key.Name, key.CreatedAt, key.UsedOn, key.Id == used.Id);
}
