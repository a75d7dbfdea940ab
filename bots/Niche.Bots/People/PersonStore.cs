using Niche.Bots.Incoming;
using Niche.Bots.Storage;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.People;

/// <summary>People by platform and id.</summary>
public sealed class PersonStore(ITableStore tables, TimeProvider time)
{
    private const string Row = "person";
    private readonly JsonTable<Person> _people = new(tables, BotNames.People);

    /// <summary>Reads a person; the first time makes one with an account of their own.</summary>
    public async Task<Person> GetAsync(string platform, string userId, CancellationToken ct)
    {
        string key = Keys.Of(platform, userId);
        return await _people.GetAsync(key, Row, ct).ConfigureAwait(false)
            ?? (await _people.UpdateAsync(key, Row, before => before is null ? new Person(TimeOrderedId.Create(time.GetUtcNow())) : null, ct).ConfigureAwait(false))!;
    }

    /// <summary>Reads a person; null when they never came by.</summary>
    public Task<Person?> FindAsync(string platform, string userId, CancellationToken ct) => _people.GetAsync(Keys.Of(platform, userId), Row, ct);

    /// <summary>Changes a person.</summary>
    public async Task<Person> ChangeAsync(string platform, string userId, Func<Person, Person> change, CancellationToken ct)
    {
        await GetAsync(platform, userId, ct).ConfigureAwait(false);
        return (await _people.UpdateAsync(Keys.Of(platform, userId), Row, before => change(before!), ct).ConfigureAwait(false))!;
    }

    /// <summary>How a person is named in rows of other tables: <c>platform:id</c>.</summary>
    public static string KeyOf(BotEvent happened) => Keys.Of(happened.Place.Platform, happened.User.Id);
}
