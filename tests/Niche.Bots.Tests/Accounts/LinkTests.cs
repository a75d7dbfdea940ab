using Niche.Bots.Accounts;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.People;
using Niche.Bots.Platforms;
using Niche.Bots.Tests.Rig;

namespace Niche.Bots.Tests.Accounts;

/// <summary>People who are joined, and who part.</summary>
public sealed class LinkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_joins_two_people_once()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "imagine", "a house");
        string code = await parlor.CodeAsync("ann");
        await parlor.SayAsync("bob", "link", code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal));
        Assert.Equal(Tone.Good, parlor.Paper.Last.Tone);
        Assert.Equal(["a house"], await parlor.HistoryAsync("bob"));
        await parlor.SayAsync("eve", "link", code);
        Assert.Contains("unknown, used or too old", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        Assert.Empty(await parlor.HistoryAsync("eve"));
    }

    [Fact]
    public async Task A_code_is_good_for_ten_minutes()
    {
        await using Parlor parlor = new();
        string code = await parlor.CodeAsync("ann");
        parlor.Time.Advance(TimeSpan.FromMinutes(11));
        await parlor.SayAsync("bob", "link", code);
        Assert.Contains("unknown, used or too old", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_dies_after_taking_a_code_has_a_successor_who_joins_all_the_same()
    {
        await using Parlor parlor = new();
        string code = await parlor.CodeAsync("ann");
        parlor.Paper.Troubles.Enqueue(new InvalidOperationException("the process dies here"));
        await parlor.SayAsync("bob", "link", code);
        Assert.True((await parlor.AccountAsync("bob")).IsJoined);
        await parlor.RestartAsync();
        await parlor.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Contains("same account already", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.SayAsync("eve", "link", code);
        Assert.Contains("unknown, used or too old", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_who_bring_a_code_at_the_same_moment_are_one_who_gets_in()
    {
        await using Parlor parlor = new();
        string code = await parlor.CodeAsync("ann");
        (Member? Maker, TimeSpan? Wait)[] taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => parlor.Get<Linking>().TakeAsync(code, $"p{i}", 10, "event", Ct)));
        Assert.Single(taken, one => one.Maker is not null);
    }

    [Fact]
    public async Task Codes_have_to_be_known_and_not_tried()
    {
        await using Parlor parlor = new();
        string code = await parlor.CodeAsync("ann");
        for (int i = 0; i < 10; i++) await parlor.SayAsync("eve", "link", $"AAAA{i}-BBBBB");
        await parlor.SayAsync("eve", "link", code);
        Assert.Contains("used up 10", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        Assert.False((await parlor.AccountAsync("eve")).IsJoined);
    }

    [Fact]
    public async Task Joined_people_have_the_orders_of_both_in_order_of_time_private_ones_too()
    {
        await using Parlor parlor = new();
        foreach ((string user, string prompt) in ((string, string)[])[("ann", "one"), ("bob", "two --private"), ("ann", "three"), ("bob", "four")])
            await parlor.SayAsync(user, "imagine", prompt);
        string secret = (await parlor.HistoryIdsAsync("bob"))[1];
        await parlor.SayAsync("ann", "show", secret);
        Assert.Equal(Tone.Warning, parlor.Paper.Last.Tone);
        await parlor.LinkAsync("ann", "bob");
        Assert.Equal(["four", "three", "two", "one"], await parlor.HistoryAsync("ann"));
        Assert.Equal(await parlor.HistoryAsync("ann"), await parlor.HistoryAsync("bob"));
        await parlor.SayAsync("ann", "show", secret);
        Assert.Contains("two", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.SayAsync("ann", "cancel", secret);
        Assert.Contains("1", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Favourites_are_those_of_both_and_each_can_drop_them()
    {
        await using Parlor parlor = new();
        foreach (string user in (string[])["ann", "bob"])
        {
            await parlor.SayAsync(user, "imagine", "house of " + user);
            Order order = await parlor.NewestAsync(user);
            await parlor.Get<OrderStore>().ToggleFavoriteAsync(await parlor.AccountAsync(user), order.AccountId, order, Ct);
        }

        await parlor.LinkAsync("ann", "bob");
        Order kept = await parlor.NewestAsync("ann");
        Account account = await parlor.AccountAsync("ann");
        Assert.Equal(2, await CountAsync(parlor.Get<OrderStore>().FavoritesAsync(account, Ct)));
        Assert.False(await parlor.Get<OrderStore>().ToggleFavoriteAsync(account, account.Members[0].Home, kept, Ct));
        Assert.Equal(1, await CountAsync(parlor.Get<OrderStore>().FavoritesAsync(await parlor.AccountAsync("bob"), Ct)));
    }

    [Fact]
    public async Task Of_two_settings_the_older_persons_wins_and_a_change_counts_for_both()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "settings", "--name steps --value 9");
        await parlor.SayAsync("bob", "settings", "--name steps --value 12");
        await parlor.SayAsync("bob", "settings", "--name count --value 2");
        // The younger one makes the code: age decides, and not who asks.
        await parlor.LinkAsync("bob", "ann");
        foreach (string user in (string[])["ann", "bob"])
        {
            Person person = await parlor.Get<PersonStore>().GetAsync("paper", user, Ct);
            Assert.Equal((9, 2), (person.Defaults.Steps, person.Defaults.Count));
        }

        await parlor.SayAsync("bob", "settings", "--name steps --value 7");
        Assert.Equal(7, (await parlor.Get<PersonStore>().GetAsync("paper", "ann", Ct)).Defaults.Steps);
    }

    [Fact]
    public async Task Whoever_leaves_takes_what_they_ordered_and_nothing_else()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "imagine", "house of ann --private");
        await parlor.SayAsync("bob", "imagine", "house of bob");
        await parlor.LinkAsync("ann", "bob");
        await parlor.SayAsync("bob", "link");
        await parlor.PressLastAsync("bob", "Unlink");
        Assert.Contains("on its own again", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal(["house of ann"], await parlor.HistoryAsync("ann"));
        Assert.Equal(["house of bob"], await parlor.HistoryAsync("bob"));
        await parlor.SayAsync("bob", "show", (await parlor.NewestAsync("ann")).JobId);
        Assert.Equal(Tone.Warning, parlor.Paper.Last.Tone);
        await parlor.SayAsync("bob", "link");
        Assert.DoesNotContain(parlor.Paper.Last.Buttons.SelectMany(row => row), button => button.Label.StartsWith("Unlink", StringComparison.Ordinal));
        await parlor.LinkAsync("ann", "bob");
        Assert.Equal(2, (await parlor.HistoryAsync("bob")).Length);
    }

    [Fact]
    public async Task Whole_accounts_are_joined_and_not_only_who_asks()
    {
        await using Parlor parlor = new();
        foreach (string user in (string[])["a", "b", "c", "d"]) await parlor.SayAsync(user, "imagine", user);
        await parlor.LinkAsync("a", "b");
        await parlor.LinkAsync("c", "d");
        await parlor.LinkAsync("b", "d");
        Assert.Equal(["d", "c", "b", "a"], await parlor.HistoryAsync("a"));
        Assert.Equal(["d", "c", "b", "a"], await parlor.HistoryAsync("c"));
        await parlor.LinkAsync("a", "c");
        Assert.Contains("same account already", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.SayAsync("a", "link");
        await parlor.PressLastAsync("a", "Unlink");
        Assert.Equal(["d", "c", "b"], await parlor.HistoryAsync("c"));
    }

    [Fact]
    public async Task An_account_does_not_grow_without_end()
    {
        await using Parlor parlor = new();
        for (int i = 1; i < AccountStore.MaxMembers; i++) await parlor.LinkAsync("u0", $"u{i}");
        Assert.Equal(AccountStore.MaxMembers, (await parlor.AccountAsync("u3")).Members.Count);
        await parlor.LinkAsync("u0", "late");
        Assert.Contains("16 platforms at most", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_was_joined_elsewhere_at_the_same_moment_is_in_one_account_only()
    {
        await using Parlor parlor = new();
        AccountStore accounts = parlor.Get<AccountStore>();
        Member[] members = [.. await Task.WhenAll(((string[])["a", "b", "c", "d"]).Select(async user => (await parlor.AccountAsync(user)).Members[0]))];
        await Task.WhenAll(accounts.JoinAsync(members[0], members[1], Ct), accounts.JoinAsync(members[0], members[2], Ct), accounts.JoinAsync(members[0], members[3], Ct));
        foreach (string user in (string[])["a", "b", "c", "d"])
        {
            Account account = await parlor.AccountAsync(user);
            foreach (Member member in account.Members) Assert.Equal(account.Id, (await parlor.AccountAsync(member.UserId)).Id);
        }
    }

    private static async Task<int> CountAsync(IAsyncEnumerable<Order> orders)
    {
        int count = 0;
        await foreach (Order _ in orders) count++;
        return count;
    }
}
