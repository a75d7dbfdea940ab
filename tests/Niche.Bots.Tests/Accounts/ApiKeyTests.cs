using Niche.Bots.Accounts;
using Niche.Bots.Outgoing;
using Niche.Bots.Tests.Rig;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.Tests.Accounts;

/// <summary>API keys that people make for themselves in a chat.</summary>
public sealed class ApiKeyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_shown_once_to_its_owner_alone_and_kept_nowhere()
    {
        await using Parlor parlor = new();
        string secret = await KeyAsync(parlor, "ann");
        Assert.True(parlor.Paper.Last is { Private: true, HoldsSecret: true });
        ApiKey key = (await parlor.Get<ApiKeyStore>().FindAsync(secret, Ct))!;
        Assert.Equal("ann", key.Owner.UserId);
        Assert.StartsWith(key.Prefix, secret, StringComparison.Ordinal);
        ITableStore tables = parlor.Get<ITableStore>();
        foreach (string table in (string[])[BotNames.ApiKeys, BotNames.People, BotNames.Audit, BotNames.Events, BotNames.State])
        {
            await foreach (TableRow row in tables.QueryAllAsync(table, Ct)) Assert.DoesNotContain(secret[^64..], row.Json + row.Partition + row.Row, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_with_one_character_changed_is_none()
    {
        await using Parlor parlor = new();
        string secret = await KeyAsync(parlor, "ann");
        ApiKeyStore store = parlor.Get<ApiKeyStore>();
        for (int i = 0; i < secret.Length; i++)
        {
            char other = secret[i] == 'a' ? 'b' : 'a';
            Assert.Null(await store.FindAsync(secret[..i] + other + secret[(i + 1)..], Ct));
        }

        foreach (string wrong in (string[])["", "niche_", secret + "0", secret[..^1], secret.ToUpperInvariant(), " " + secret, "niche_../../../../../._" + new string('0', 64)])
            Assert.Null(await store.FindAsync(wrong, Ct));
    }

    [Fact]
    public async Task Keys_are_listed_without_their_secret_and_a_revoked_one_is_void()
    {
        await using Parlor parlor = new();
        string first = await KeyAsync(parlor, "ann"), second = await KeyAsync(parlor, "ann");
        await parlor.Get<ApiKeyStore>().FindAsync(first, Ct);
        await parlor.SayAsync("ann", "link");
        await parlor.PressLastAsync("ann", "API keys");
        View list = parlor.Paper.Last;
        Assert.Contains("last used: 2026-06-01", list.Body.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(first[^64..], list.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, list.Menu!.Entries.Count);
        await parlor.DoAsync(parlor.Press("ann", list.Menu.Entries[0].Id, parlor.Paper.Sent[^1].Message));
        Assert.Contains("does not work any more", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        Assert.Null(await parlor.Get<ApiKeyStore>().FindAsync(first, Ct));
        Assert.NotNull(await parlor.Get<ApiKeyStore>().FindAsync(second, Ct));
    }

    [Fact]
    public async Task Nobody_revokes_the_keys_of_others()
    {
        await using Parlor parlor = new();
        string secret = await KeyAsync(parlor, "ann");
        await parlor.SayAsync("ann", "link");
        await parlor.PressLastAsync("ann", "API keys");
        // A button is the same for whoever presses it; what it does is decided by them.
        await parlor.DoAsync(parlor.Press("eve", parlor.Paper.Last.Menu!.Entries[0].Id, parlor.Paper.Sent[^1].Message));
        Assert.Contains("no such API key", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        Assert.NotNull(await parlor.Get<ApiKeyStore>().FindAsync(secret, Ct));
        await parlor.LinkAsync("ann", "bob");
        await parlor.SayAsync("bob", "link");
        await parlor.PressLastAsync("bob", "API keys");
        await parlor.DoAsync(parlor.Press("bob", parlor.Paper.Last.Menu!.Entries[0].Id, parlor.Paper.Sent[^1].Message));
        Assert.Null(await parlor.Get<ApiKeyStore>().FindAsync(secret, Ct));
    }

    [Fact]
    public async Task Made_again_after_a_crash_it_is_one_key_and_the_one_that_was_shown_last_works()
    {
        await using Parlor parlor = new();
        Member ann = (await parlor.AccountAsync("ann")).Members[0];
        ApiKeyStore store = parlor.Get<ApiKeyStore>();
        (_, string lost) = (await store.CreateAsync(ann, "paper", "event", Ct))!.Value;
        (_, string shown) = (await store.CreateAsync(ann, "paper", "event", Ct))!.Value;
        Assert.Null(await store.FindAsync(lost, Ct));
        Assert.NotNull(await store.FindAsync(shown, Ct));
        Assert.Single(await store.ListAsync(await parlor.AccountAsync("ann"), Ct));
    }

    [Fact]
    public async Task There_is_an_end_to_keys()
    {
        await using Parlor parlor = new();
        for (int i = 0; i < ApiKeyStore.MaxKeys; i++) await KeyAsync(parlor, "ann");
        await parlor.SayAsync("ann", "link");
        await parlor.PressLastAsync("ann", "Make me");
        Assert.Contains("20 API keys already", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> KeyAsync(Parlor parlor, string user)
    {
        await parlor.SayAsync(user, "link");
        await parlor.PressLastAsync(user, "Make me");
        return parlor.Paper.Last.Body.ToString().Split('\n').Single(line => line.StartsWith(ApiKey.Mark, StringComparison.Ordinal));
    }
}
