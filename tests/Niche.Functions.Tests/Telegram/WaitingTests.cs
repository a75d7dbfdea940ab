using Niche.TelegramStandIn.World;

namespace Niche.Functions.Tests.Telegram;

/// <summary>What people see in Telegram while they wait, and what becomes of a picture whose message or chat is gone by then.</summary>
public sealed class WaitingTests(TelegramSubnet subnet) : IClassFixture<TelegramSubnet>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finished_pictures_show_in_a_grid_that_fills_up_until_the_album_comes()
    {
        StandInPerson alice = Person();
        subnet.Subnet.Miner.Hold();
        alice.Says("/imagine a red lighthouse --count 4 --steps 4");
        StandInMessage waiting = await alice.Chat.UntilAsync(message => Has(message, "Cancel"), Ct);
        Assert.Null(waiting.FileId);
        HashSet<string> grids = [];
        for (int i = 0; i < 2; i++)
        {
            subnet.Subnet.Miner.Release(1);
            StandInMessage grown = await alice.Chat.UntilAsync(message => message.Id == waiting.Id && message.FileId is { } grid && !grids.Contains(grid), Ct);
            Assert.True(Has(grown, "Cancel"));
            grids.Add(grown.FileId!);
        }

        Assert.Single(alice.Chat.FromBot);
        subnet.Subnet.Miner.Release();
        IReadOnlyList<StandInMessage> end = await alice.Chat.UntilAllAsync(all => all.Any(message => Has(message, "U4")) && all.All(message => message.Id != waiting.Id), Ct);
        Assert.Equal(4, end.Count(message => message.Album is not null));
        Assert.Equal(5, end.Count);
        Assert.True(subnet.Server.Journal.Count(entry => entry.Call.Method == "editMessageMedia" && entry.Call.Number("chat_id") == alice.Id && entry.Answer.Status == 200) >= 2);
        AssertClean();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_message_that_was_deleted_while_its_order_is_painted_comes_anew_with_the_pictures(int count)
    {
        StandInPerson alice = Person();
        subnet.Subnet.Miner.Hold();
        alice.Says($"/imagine a green lighthouse --count {count} --steps 4");
        alice.Deletes(await alice.Chat.UntilAsync(message => Has(message, "Cancel"), Ct));
        subnet.Subnet.Miner.Release();
        StandInMessage brought = await alice.Chat.UntilAsync(message => Has(message, "Info"), Ct);
        alice.Presses(brought, brought.Buttons.First(button => button.Text.EndsWith("Info", StringComparison.Ordinal)).Text);
        // What comes after an answer to a later question would have come by then.
        await alice.Chat.UntilAsync(message => message.Id > brought.Id && message.Text.Contains("a green lighthouse", StringComparison.Ordinal), Ct);
        Assert.Equal(count, alice.Chat.FromBot.Count(message => message.FileId is not null));
        AssertClean();
    }

    [Fact]
    public async Task In_a_group_one_message_shows_the_progress_of_all_and_each_result_comes_as_an_answer()
    {
        StandInPerson[] people = [.. Enumerable.Range(0, 5).Select(_ => Person())];
        StandInChat group = subnet.Server.World.Group("Painters");
        subnet.Subnet.Miner.Hold();
        StandInMessage[] asked = [.. people.Select((person, i) => person.Says($"/imagine@niche_test_bot a house number {i} --count 1 --steps 4", group))];
        StandInMessage all = await group.UntilAsync(message => message.Buttons.Count == people.Length, Ct);
        Assert.Equal(all.Id, Assert.Single(group.FromBot).Id);
        // Who is which number depends on whose command was handled first.
        StandInPerson third = people[all.Text[(all.Text.IndexOf("3. a house number ", StringComparison.Ordinal) + 18)] - '0'];
        StandInButton cancel = all.Buttons.Single(button => button.Text.EndsWith('3'));
        people.First(person => person != third).PressesData(all, cancel.Data!);
        await group.UntilAsync(message => message.Text.Contains("Only the person who asked", StringComparison.Ordinal), Ct);
        third.PressesData(all, cancel.Data!);
        await group.UntilAsync(message => message.Id == all.Id && (message.Buttons.Count < people.Length), Ct);
        subnet.Subnet.Miner.Release();
        IReadOnlyList<StandInMessage> end = await group.UntilAllAsync(said => said.Count(message => message.FileId is not null) == 4, Ct);
        int[] answered = [.. end.Where(message => message.FileId is not null).Select(message => message.ReplyTo!.Value).Order()];
        Assert.Equal(asked.Where((_, i) => people[i] != third).Select(message => message.Id), answered);
        AssertClean();
    }

    [Fact]
    public async Task Who_threw_the_bot_out_of_the_group_gets_the_picture_alone_or_finds_it_in_the_history()
    {
        StandInPerson known = Person(), stranger = Person();
        StandInMessage hello = known.Says("/models");
        await known.Chat.UntilAsync(message => message.ReplyTo == hello.Id, Ct);
        StandInChat group = subnet.Server.World.Group("Painters");
        subnet.Subnet.Miner.Hold();
        known.Says("/imagine@niche_test_bot a red tent --count 1 --steps 4", group);
        await group.UntilAsync(message => Has(message, "Cancel"), Ct);
        stranger.Says("/imagine@niche_test_bot a green tent --count 1 --steps 4", group);
        await group.UntilAsync(message => message.Text.Contains("2. a green tent: ", StringComparison.Ordinal), Ct);
        group.Close(known);
        subnet.Subnet.Miner.Release();
        StandInMessage brought = await known.Chat.UntilAsync(message => message.FileId is not null, Ct);
        Assert.Contains("a red tent", brought.Text, StringComparison.Ordinal);
        Assert.Contains("could no longer answer", brought.Text, StringComparison.Ordinal);
        await subnet.Server.UntilAsync(calls => calls.Any(entry => entry.Call.Number("chat_id") == stranger.Id && entry.Answer.Status == 403), Ct);
        Assert.Empty(stranger.Chat.FromBot);
        StandInMessage asked = stranger.Says("/history");
        await stranger.Chat.UntilAsync(message => message.ReplyTo == asked.Id && message.Text.Contains("a green tent", StringComparison.Ordinal), Ct);
        AssertClean();
    }

    private static bool Has(StandInMessage message, string label) => message.Buttons.Any(button => button.Text.EndsWith(label, StringComparison.Ordinal));

    private StandInPerson Person() => subnet.Server.World.Person("Alice", "en");

    private void AssertClean() => Assert.True(subnet.Server.Faults.IsEmpty, string.Join("\n", subnet.Server.Faults));
}
