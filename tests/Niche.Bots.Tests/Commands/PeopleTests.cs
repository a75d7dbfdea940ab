using Niche.Bots.Incoming;
using Niche.Bots.Operation;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Tests.Rig;

namespace Niche.Bots.Tests.Commands;

/// <summary>People, channels, operators: who may do what, and in which language they are told.</summary>
public sealed class PeopleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("link", "")]
    [InlineData("history", "")]
    [InlineData("imagine", "a house --private")]
    public async Task Where_nobody_can_be_answered_alone_nothing_personal_is_said_before_all(string command, string text)
    {
        await using Parlor parlor = new();
        parlor.Paper.Limits = parlor.Paper.Limits with { PrivateMessages = false };
        await parlor.SayAsync("ann", command, text);
        Assert.Contains("in private", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.DoAsync(parlor.Command("ann", command, text) with { Place = parlor.Place("p1", ChannelKind.Private) });
        Assert.DoesNotContain("in private", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_person_usually_wants_is_used_and_can_be_taken_back()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "settings", "--name steps --value 9");
        await parlor.SayAsync("ann", "settings", "--name language --value de");
        Assert.Equal("Einstellungen", parlor.Paper.Last.Title);
        await parlor.SayAsync("ann", "imagine", "a house");
        Assert.Equal(9, (await parlor.NewestAsync("ann")).Request.Steps);
        await parlor.SayAsync("ann", "settings", "--name steps --value -");
        await parlor.SayAsync("ann", "imagine", "a house");
        Assert.Equal(20, (await parlor.NewestAsync("ann")).Request.Steps);
    }

    [Fact]
    public async Task Only_managers_change_a_channel()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "settings", "--scope channel --name max-count --value 1");
        Assert.Contains("managers", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.SayAsync("manager", "settings", "--scope channel --name max-count --value 1");
        await parlor.SayAsync("ann", "imagine", "a house --count 2");
        Assert.Contains("1 at most", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.SayAsync("manager", "settings", "--scope channel --name deny --value <@ann>");
        await parlor.SayAsync("ann", "imagine", "a house");
        Assert.Contains("cannot use this bot in this channel", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompts_for_adults_follow_the_channel()
    {
        await using Parlor parlor = new("Bots:AdultWords:0=naked", "Bots:DeniedWords:0=gore");
        await parlor.SayAsync("ann", "imagine", "a n.a.k.e.d statue");
        Assert.Contains("adults", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.SayAsync("manager", "settings", "--scope channel --name adult --value cover");
        await parlor.SayAsync("ann", "imagine", "a naked statue");
        Assert.True((await parlor.NewestAsync("ann")).Spoiler);
        await parlor.SayAsync("ann", "imagine", "gore");
        Assert.Contains("not painted here", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.SayAsync("ann", "imagine", "a gorey night");
        Assert.Equal(Tone.Busy, parlor.Paper.Last.Tone);
    }

    [Fact]
    public async Task Quotas_are_per_hour_and_an_operator_can_grant_more()
    {
        await using Parlor parlor = new("Bots:PicturesPerHour=4", "Bots:OpenOrders=50", "Bots:Operators:0=paper:root");
        await parlor.SayAsync("ann", "imagine", "a house --count 4");
        await parlor.SayAsync("ann", "imagine", "a house");
        Assert.Contains("used up 4", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.SayAsync("root", "admin", "--action quota --target paper:ann 9");
        await parlor.SayAsync("ann", "imagine", "a house");
        Assert.Equal(Tone.Busy, parlor.Paper.Last.Tone);
        parlor.Time.Advance(TimeSpan.FromHours(1));
        await parlor.SayAsync("ann", "imagine", "a house --count 4");
        Assert.Equal(Tone.Busy, parlor.Paper.Last.Tone);
    }

    [Fact]
    public async Task Operators_pause_drain_and_ban_and_all_of_it_is_written_down()
    {
        await using Parlor parlor = new("Bots:Operators:0=paper:root");
        await parlor.SayAsync("ann", "admin", "--action pause");
        Assert.Contains("Only operators", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.SayAsync("root", "admin", "--action pause new models");
        await parlor.SayAsync("ann", "imagine", "a house");
        Assert.Contains("new models", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.SayAsync("root", "admin", "--action resume");
        await parlor.SayAsync("root", "admin", "--action ban --target ann");
        await parlor.SayAsync("ann", "imagine", "a house");
        Assert.Contains("cannot use this bot", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.SayAsync("root", "admin", "--action unban --target ann");
        await parlor.SayAsync("root", "admin", "--action drain");
        await parlor.SayAsync("ann", "imagine", "a house");
        Assert.Contains("nothing new", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        string[] written = [.. (await parlor.Get<AuditLog>().ReadAsync(50, Ct)).Select(entry => entry.What).Reverse()];
        Assert.Equal(["admin-refused", "admin-pause", "admin-resume", "admin-ban", "admin-unban", "admin-drain"], written);
    }

    [Fact]
    public async Task A_text_is_written_once_even_if_the_process_dies_before_it_is_shown()
    {
        await using Parlor parlor = new();
        CommandLessDeath(parlor);
        await parlor.SayAsync("ann", "chat", "a lighthouse");
        await parlor.RestartAsync();
        await parlor.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Single(parlor.Paper.Sent);
        Assert.Contains("by the sea", parlor.Paper.Messages["m1"].Body.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, parlor.Validator.Written);
    }

    [Fact]
    public async Task A_prompt_shown_in_a_channel_calls_nobody()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "imagine", "@everyone look <@123> \u202Ehere");
        string shown = parlor.Paper.Last.Body.ToString();
        Assert.DoesNotContain("@everyone", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("<@1", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', shown);
    }

    // The first call (the message with the pen) succeeds, the last edit does not.
    private static void CommandLessDeath(Parlor parlor) => parlor.Paper.FailEdits.Enqueue(new InvalidOperationException("the process dies here"));
}
