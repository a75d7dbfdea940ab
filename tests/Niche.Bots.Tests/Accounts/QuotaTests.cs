using CsCheck;
using Niche.Bots.Accounts;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Tests.Rig;

namespace Niche.Bots.Tests.Accounts;

/// <summary>Joining and parting gains nobody a picture, and no way in.</summary>
public sealed class QuotaTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Joined_people_share_one_quota_and_what_both_used_counts()
    {
        await using Parlor parlor = new("Bots:PicturesPerHour=4", "Bots:OpenOrders=50");
        await parlor.SayAsync("ann", "imagine", "a house --count 2");
        await parlor.SayAsync("bob", "imagine", "a house --count 2");
        await parlor.LinkAsync("ann", "bob");
        await parlor.SayAsync("ann", "imagine", "a house");
        Assert.Contains("used up 4", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.SayAsync("bob", "stats");
        Assert.Contains("4", parlor.Paper.Last.Fields[^1].Value.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_parts_takes_the_used_hour_along_and_leaves_it_behind()
    {
        await using Parlor parlor = new("Bots:PicturesPerHour=4", "Bots:OpenOrders=50");
        await parlor.LinkAsync("ann", "bob");
        await parlor.SayAsync("ann", "imagine", "a house --count 4");
        await parlor.SayAsync("bob", "link");
        await parlor.PressLastAsync("bob", "Unlink");
        foreach (string user in (string[])["ann", "bob"])
        {
            await parlor.SayAsync(user, "imagine", "a house");
            Assert.Contains("used up 4", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_grant_is_no_setting_and_does_not_travel()
    {
        await using Parlor parlor = new("Bots:PicturesPerHour=4", "Bots:OpenOrders=50", "Bots:Operators:0=paper:root");
        await parlor.SayAsync("root", "admin", "--action quota --target paper:ann 9");
        await parlor.LinkAsync("ann", "bob");
        await parlor.SayAsync("bob", "link");
        await parlor.PressLastAsync("bob", "Unlink");
        await parlor.SayAsync("bob", "imagine", "a house --count 4");
        await parlor.SayAsync("bob", "imagine", "a house");
        Assert.Contains("used up 4", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_orders_of_both_count_together()
    {
        await using Parlor parlor = new("Bots:OpenOrders=2");
        await parlor.SayAsync("ann", "imagine", "a house");
        await parlor.SayAsync("bob", "imagine", "a house");
        await parlor.LinkAsync("ann", "bob");
        await parlor.SayAsync("bob", "imagine", "a house");
        Assert.Contains("2 requests of yours", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ban_holds_at_every_door_of_the_account()
    {
        await using Parlor parlor = new("Bots:Operators:0=paper:root");
        await parlor.LinkAsync("ann", "bob");
        await parlor.SayAsync("root", "admin", "--action ban --target ann");
        await parlor.SayAsync("bob", "link");
        Assert.Contains("cannot use this bot", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        // Nor would parting help.
        Account account = await parlor.AccountAsync("bob");
        await parlor.Get<AccountStore>().LeaveAsync(account, account.Members[^1], Ct);
        await parlor.SayAsync("bob", "imagine", "a house");
        Assert.Contains("cannot use this bot", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.SayAsync("root", "admin", "--action unban --target bob");
        await parlor.SayAsync("bob", "imagine", "a house");
        Assert.Equal(Tone.Busy, parlor.Paper.Last.Tone);
    }

    // Whatever people do within an hour: nobody paints more than they could have painted without ever joining anybody.
    [Fact]
    public async Task No_order_of_joining_and_parting_gains_a_picture() => await Gen.Int[0, 11].Array[1, 14].SampleAsync(
        async steps =>
        {
            const int Most = 3;
            await using Parlor parlor = new($"Bots:PicturesPerHour={Most}");
            (AccountStore accounts, AccountRules rules) = (parlor.Get<AccountStore>(), parlor.Get<AccountRules>());
            string[] users = ["a", "b", "c"];
            int[] painted = [0, 0, 0];
            for (int i = 0; i < steps.Length; i++)
            {
                string user = users[steps[i] % 3], other = users[(steps[i] + 1) % 3];
                Account account = await parlor.AccountAsync(user);
                Member self = account.Members.Single(member => member.UserId == user);
                if (steps[i] < 6 && await rules.TakePicturesAsync(account, self.Home, 1, $"e{i}", Ct) is null) painted[steps[i] % 3]++;
                else if (steps[i] is >= 6 and < 9) await accounts.JoinAsync(self, (await parlor.AccountAsync(other)).Members.Single(member => member.UserId == other), Ct);
                else if (steps[i] >= 9) await accounts.LeaveAsync(account, self, Ct);
            }

            Assert.All(painted, one => Assert.InRange(one, 0, Most));
        },
        iter: 60);
}
