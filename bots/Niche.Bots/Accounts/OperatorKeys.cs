using Niche.Bots.People;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Accounts;

/// <summary>Keys that an operator hands out: each begins an account of its own, which can be joined with a chat's later.</summary>
public sealed class OperatorKeys(ApiKeyStore keys, AccountStore accounts, TimeProvider time)
{
    /// <summary>Makes a key and its account.</summary>
    /// <param name="name">Who or what it is for.</param>
    /// <param name="reason">What asked for it: the same makes one account; null for a new one each time.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What is kept, and the key, which nobody can ask for again.</returns>
    public async Task<(ApiKey Kept, string Secret)> CreateAsync(string name, string? reason, CancellationToken ct)
    {
        string id = reason ?? TimeOrderedId.Create(time.GetUtcNow());
        Account account = await accounts.OfAsync(Member.Api, id, ct).ConfigureAwait(false);
        return (await keys.CreateAsync(account.Members.Single(member => member.UserId == id), name, id, ct).ConfigureAwait(false))!.Value;
    }

    /// <summary>Makes a key void, whosever it is.</summary>
    /// <returns>The key; null when there is none.</returns>
    public async Task<ApiKey?> RevokeAsync(string id, CancellationToken ct)
    {
        string wanted = id.StartsWith(ApiKey.Mark, StringComparison.Ordinal) ? id[ApiKey.Mark.Length..] : id;
        await foreach (ApiKey key in keys.ListAllAsync(ct).ConfigureAwait(false))
        {
            if (key.Id == wanted) return await keys.RevokeAsync(new Account(key.Owner.Home, [key.Owner]), wanted, ct).ConfigureAwait(false);
        }

        return null;
    }
}
