using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Niche.Bots.Discord.Gateway;
using Niche.Bots.Discord.Tests.Rig;
using Niche.Bots.Incoming;
using Niche.Bots.Platforms;
using Niche.DiscordStandIn.Gateway;
using Niche.DiscordStandIn.World;

namespace Niche.Bots.Discord.Tests.Gateway;

public sealed class IntakeTests : GatewayTest
{
    [Fact]
    public async Task It_identifies_with_no_intents_and_answers_interactions()
    {
        await ConnectedAsync();
        Assert.Equal(0, (int)Discord.Gateway.LastIdentify!["intents"]!);
        Assert.Equal("[0,1]", Discord.Gateway.LastIdentify["shard"]!.ToJsonString());
        OpenInteraction asked = await AskAsync("imagine");
        Assert.Equal(5, (int)(await asked.AnsweredAsync(Ct))["type"]!);
        Assert.Equal("imagine", Assert.IsType<CommandEvent>(await Desk.NextAsync(Ct)).Name);
        Assert.Empty(Discord.Gateway.Faults);
    }

    [Fact]
    public async Task Events_and_opcodes_that_nobody_knows_are_passed_over()
    {
        GatewayLink link = await ConnectedAsync();
        await link.SendRawAsync("""{"op":77,"d":{"x":1}}"""u8.ToArray());
        await Discord.Gateway.DispatchAsync("SOMETHING_NEW", new JsonObject { ["a"] = 1 });
        await Discord.Gateway.DispatchAsync("INTERACTION_CREATE", new JsonObject { ["type"] = 2 });
        await (await AskAsync("help")).AnsweredAsync(Ct);
        Assert.Equal(1, Discord.Gateway.Identified);
    }

    [Fact]
    public async Task A_desk_that_fails_for_one_goes_on_for_the_next()
    {
        await ConnectedAsync();
        Desk.Says = happened => happened is CommandEvent { Name: "bad" }
            ? throw new InvalidOperationException("broken")
            : Task.FromResult<Acknowledgement>(new Acknowledgement.Later(false));
        await AskAsync("bad");
        await (await AskAsync("good")).AnsweredAsync(Ct);
    }

    [Fact]
    public async Task Stopping_says_goodbye_in_order()
    {
        GatewayLink link = await ConnectedAsync();
        await Services.GetRequiredService<GatewayIntake>().StopAsync(Ct);
        await link.Over.WaitAsync(TimeSpan.FromSeconds(60), Ct);
        Assert.Equal(1000, link.ClientClosedWith);
    }

    [Fact]
    public async Task Ten_thousand_interactions_at_once_are_all_taken_once()
    {
        await ConnectedAsync();
        StandInChannel channel = Discord.World.AddChannel();
        OpenInteraction[] asked = [.. Enumerable.Range(0, 10_000).Select(_ => Discord.Make.Command(Anna, channel, "imagine"))];
        foreach (OpenInteraction one in asked) await Discord.Gateway.DispatchAsync(one);
        await Until.TrueAsync(() => Desk.Events.Count >= asked.Length, Ct);
        Assert.Equal(asked.Length, Desk.Events.Select(happened => happened.Id).Distinct().Count());
        Assert.Equal(asked.Length, Desk.Events.Count);
        Assert.Equal(1, Discord.Gateway.Identified);
    }

    [Fact]
    public async Task A_desk_that_takes_its_time_does_not_make_the_connection_look_dead()
    {
        await ConnectedAsync();
        TaskCompletionSource<Acknowledgement> slow = new();
        Desk.Says = _ => slow.Task;
        StandInChannel channel = Discord.World.AddChannel();
        // More than wait in memory: the gateway is not read any more, and its heartbeats' answers lie unread.
        for (int i = 0; i < 2500; i++) await Discord.Gateway.DispatchAsync(Discord.Make.Command(Anna, channel, "imagine"));
        GatewayLink link = Discord.Gateway.Current!;
        int beats = link.Beats.Count;
        await Until.TrueAsync(() => link.Beats.Count > beats + 3, Ct);
        slow.SetResult(new Acknowledgement.Nothing());
        await Until.TrueAsync(() => Desk.Events.Count >= 2500, Ct);
        Assert.Equal((1, 0), (Discord.Gateway.Identified, Discord.Gateway.Resumed));
    }
}
