using Niche.Bots.People;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Accounts;

/// <summary>
/// Who belongs together. A joined account is one row with its members, and each of them points to it; a pointer counts only while the row names its person,
/// so that one write decides both joining and leaving.
/// </summary>
public sealed class AccountStore(ITableStore tables, PersonStore people, QuotaStore quotas, TimeProvider time)
{
    /// <summary>Most members of an account.</summary>
    public const int MaxMembers = 16;

    private const string Row = "account";
    private readonly JsonTable<Group> _groups = new(tables, BotNames.Accounts);

    /// <summary>The account of a person.</summary>
    public async Task<Account> OfAsync(Person person, string platform, string userId, CancellationToken ct)
    {
        if (person.Joined is { } id && await _groups.GetAsync(id, Row, ct).ConfigureAwait(false) is { } group
            && group.IsOf(person.AccountId)) return new Account(id, group.Members);
        return new Account(person.AccountId, [new Member(person.AccountId, platform, userId)]);
    }

    /// <summary>The account of a person.</summary>
    public async Task<Account> OfAsync(string platform, string userId, CancellationToken ct) =>
        await OfAsync(await people.GetAsync(platform, userId, ct).ConfigureAwait(false), platform, userId, ct).ConfigureAwait(false);

    /// <summary>
    /// Makes the accounts of two people one. Settings are those of the older, and where it has none those of the younger. May be done again after a crash in
    /// the middle.
    /// </summary>
    public async Task<JoinOutcome> JoinAsync(Member one, Member other, CancellationToken ct)
    {
        Account first = await OfAsync(one.Platform, one.UserId, ct).ConfigureAwait(false), second = await OfAsync(other.Platform, other.UserId, ct).ConfigureAwait(false);
        if (first.Homes.Intersect(second.Homes).Any()) return JoinOutcome.AlreadyOne;
        (Account older, Account younger) = string.CompareOrdinal(first.Members[0].Home, second.Members[0].Home) < 0 ? (first, second) : (second, first);
        Account? kept = older.IsJoined ? older : younger.IsJoined ? younger : null;
        string id = kept?.Id ?? TimeOrderedId.Create(time.GetUtcNow());
        Member[] all = [.. older.Members.Concat(younger.Members).OrderBy(member => member.Home, StringComparer.Ordinal)];
        if (all.Length > MaxMembers) return JoinOutcome.TooMany;
        List<Person> before = [];
        foreach (Member member in all) before.Add(await people.GetAsync(member.Platform, member.UserId, ct).ConfigureAwait(false));
        Person settings = before[Array.IndexOf(all, older.Members[0])].SettingsOver(before[Array.IndexOf(all, younger.Members[0])]);
        Group? written = await _groups.UpdateAsync(id, Row, now => Same(now?.Members, kept?.Members) ? new Group(all) : null, ct).ConfigureAwait(false);
        if (!Same(written?.Members, all)) return JoinOutcome.Changed;
        for (int i = 0; i < all.Length; i++)
        {
            if (await PointAsync(all[i], before[i].Joined, id, settings, ct).ConfigureAwait(false)) continue;
            // Joined to somebody else in between, which counts: they are no member here.
            await RemoveAsync(id, all[i], ct).ConfigureAwait(false);
            return JoinOutcome.Changed;
        }

        if (younger.IsJoined && younger.Id != id) await _groups.DeleteAsync(younger.Id, Row, ct).ConfigureAwait(false);
        return JoinOutcome.Joined;
    }

    /// <summary>
    /// Takes a person out of their account: orders and favourites of their own go with them. What was used of the quotas in this hour goes with them and stays
    /// behind as well, so that joining and parting gains nothing.
    /// </summary>
    /// <returns>False when they were alone.</returns>
    public async Task<bool> LeaveAsync(Account account, Member member, CancellationToken ct)
    {
        if (!account.IsJoined || !account.Members.Contains(member)) return false;
        await quotas.PartAsync(member, [.. account.Members.Where(other => other != member)], ct).ConfigureAwait(false);
        if (await RemoveAsync(account.Id, member, ct).ConfigureAwait(false) is not { Members.Count: > 1 }) await _groups.DeleteAsync(account.Id, Row, ct).ConfigureAwait(false);
        await people.ChangeAsync(member.Platform, member.UserId, before => before.Joined == account.Id ? before with { Joined = null } : before, ct).ConfigureAwait(false);
        return true;
    }

    /// <summary>Changes what is kept of every member.</summary>
    public async Task ChangeAsync(Account account, Func<Person, Person> change, CancellationToken ct)
    {
        foreach (Member member in account.Members) await people.ChangeAsync(member.Platform, member.UserId, change, ct).ConfigureAwait(false);
    }

    private Task<Group?> RemoveAsync(string id, Member member, CancellationToken ct) => _groups.UpdateAsync(
        id, Row, before => before is null ? null : new Group([.. before.Members.Where(other => other != member)]), ct);

    private async Task<bool> PointAsync(Member member, string? from, string to, Person settings, CancellationToken ct) =>
        (await people.ChangeAsync(
            member.Platform, member.UserId, now => now.Joined == from || now.Joined == to ? now.WithSettingsOf(settings) with { Joined = to } : now, ct).ConfigureAwait(false)).Joined == to;

    private static bool Same(IReadOnlyList<Member>? one, IReadOnlyList<Member>? other) =>
        one is null || other is null ? one is null && other is null : one.SequenceEqual(other);

    private sealed record Group(IReadOnlyList<Member> Members)
    {
        public bool IsOf(string home) => Members.Count > 1 && Members.Any(member => member.Home == home);
    }
}
