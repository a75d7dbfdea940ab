using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.Accounts;

/// <summary>
/// API keys: <c>niche_ID_SECRET</c> with 256 random bits, kept as SHA-256. The public part finds the row, the hash is compared in constant time. A key is
/// random to its end, so that a fast hash is enough.
/// </summary>
public sealed class ApiKeyStore(ITableStore tables, TimeProvider time)
{
    /// <summary>Most keys of a person.</summary>
    public const int MaxKeys = 20;

    private const string Row = "key";
    private const int IdCharacters = 16, SecretCharacters = 64, MaxName = 60;
    private readonly JsonTable<ApiKey> _keys = new(tables, BotNames.ApiKeys);
    private readonly JsonTable<KeyMark> _marks = new(tables, BotNames.ApiKeys);

    /// <summary>Makes a key. For the same reason again, after a crash, it takes the place of the first.</summary>
    /// <param name="owner">Whose it becomes.</param>
    /// <param name="name">What it is for; cut to 60 characters.</param>
    /// <param name="reason">What asked for it, such as the id of an event.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What is kept, and the key, which nobody can ask for again; null when the owner has too many.</returns>
    public async Task<(ApiKey Kept, string Secret)?> CreateAsync(Member owner, string name, string reason, CancellationToken ct)
    {
        string id = HashOf($"{owner.Home}/{reason}")[..IdCharacters];
        IReadOnlyList<ApiKey> known = await ListAsync(owner, ct).ConfigureAwait(false);
        if (known.Count >= MaxKeys && known.All(key => key.Id != id)) return null;
        string secret = $"{ApiKey.Mark}{id}_{RandomNumberGenerator.GetHexString(SecretCharacters, lowercase: true)}";
        ApiKey kept = new(id, HashOf(secret), owner, name.Length > MaxName ? name[..MaxName] : name, time.GetUtcNow());
        await _marks.UpsertAsync(ListOf(owner), id, new KeyMark(id), ct).ConfigureAwait(false);
        await _keys.UpsertAsync(id, Row, kept, ct).ConfigureAwait(false);
        return (kept, secret);
    }

    /// <summary>The key of this text; null when there is none, or it was revoked.</summary>
    public async Task<ApiKey?> FindAsync(string text, CancellationToken ct)
    {
        if (IdOf(text) is not { } id || await _keys.GetAsync(id, Row, ct).ConfigureAwait(false) is not { } key) return null;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(text)), Encoding.ASCII.GetBytes(key.Hash))) return null;
        DateOnly today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        // One write a day tells its owner which key nobody uses any more. A revocation in this instant wins.
        if (key.UsedOn != today) await _keys.UpdateAsync(id, Row, before => before is null ? null : before with { UsedOn = today }, ct).ConfigureAwait(false);
        return key;
    }

    /// <summary>True for a text that wants to be one of our keys.</summary>
    public static bool IsOurs(string text) => text.StartsWith(ApiKey.Mark, StringComparison.Ordinal);

    /// <summary>Keys of an account, oldest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(Account account, CancellationToken ct)
    {
        List<ApiKey> keys = [];
        foreach (Member member in account.Members) keys.AddRange(await ListAsync(member, ct).ConfigureAwait(false));
        return [.. keys.OrderBy(key => key.CreatedAt)];
    }

    /// <summary>Makes a key of an account void.</summary>
    /// <returns>The key; null when the account has no such key.</returns>
    public async Task<ApiKey?> RevokeAsync(Account account, string id, CancellationToken ct)
    {
        if (!IsId(id) || await _keys.GetAsync(id, Row, ct).ConfigureAwait(false) is not { } key || !account.Homes.Contains(key.Owner.Home)) return null;
        await _keys.DeleteAsync(id, Row, ct).ConfigureAwait(false);
        await _marks.DeleteAsync(ListOf(key.Owner), id, ct).ConfigureAwait(false);
        return key;
    }

    /// <summary>Every key there is, for operators.</summary>
    public async IAsyncEnumerable<ApiKey> ListAllAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (TableRow row in tables.QueryAllAsync(BotNames.ApiKeys, ct).ConfigureAwait(false))
        {
            if (row.Row == Row && await _keys.GetAsync(row.Partition, Row, ct).ConfigureAwait(false) is { } key) yield return key;
        }
    }

    private async Task<IReadOnlyList<ApiKey>> ListAsync(Member owner, CancellationToken ct)
    {
        List<ApiKey> keys = [];
        await foreach ((string id, _) in _marks.QueryAsync(ListOf(owner), null, null, null, ct).ConfigureAwait(false))
        {
            if (await _keys.GetAsync(id, Row, ct).ConfigureAwait(false) is { } key) keys.Add(key);
        }

        return keys;
    }

    private static string? IdOf(string text)
    {
        if (text.Length != ApiKey.Mark.Length + IdCharacters + 1 + SecretCharacters || !IsOurs(text)) return null;
        string id = text.Substring(ApiKey.Mark.Length, IdCharacters);
        return IsId(id) ? id : null;
    }

    private static bool IsId(string id) => id.Length == IdCharacters && id.All(char.IsAsciiHexDigitLower);

    private static string ListOf(Member owner) => "of-" + owner.Home;

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record KeyMark(string Id);
}
