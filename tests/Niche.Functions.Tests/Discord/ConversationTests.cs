using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Niche.Bots.Commands;
using Niche.Bots.Operation;
using Niche.DiscordStandIn.Description;
using Niche.DiscordStandIn.Interactions;
using Niche.DiscordStandIn.World;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Discord;

/// <summary>Conversations with the real bot on a real subnet, through a Discord that takes only what Discord takes.</summary>
public sealed class ConversationTests(DiscordSubnet subnet) : DiscordTalk(subnet), IClassFixture<DiscordSubnet>
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4e, 0x47];

    [Fact]
    public async Task A_slash_command_becomes_a_grid_with_buttons()
    {
        OpenInteraction asked = await CommandAsync(Anna, "imagine", ("prompt", "a red house by the sea"), ("count", 4), ("steps", 4));
        Assert.Equal(5, (int)asked.Callback!["type"]!);
        StandInMessage message = await DeliveredAsync(asked);
        Assert.Equal(Png, Assert.Single(message.Files).Content.AsSpan(0, 4).ToArray());
        string?[] labels = [.. message.Controls.Select(control => (string?)control["label"])];
        Assert.Equal(["U1", "U2", "U3", "U4", "V1", "V2", "V3", "V4", "Again", "Edit", "Info", "Keep", "Delete"], labels);
        Assert.All(message.Controls, control => Assert.InRange(((string)control["custom_id"]!).Length, 1, 64));
        Assert.Contains("a red house by the sea", message.Text, StringComparison.Ordinal);
        NothingForbidden();
    }

    [Fact]
    public async Task A_button_works_after_a_restart()
    {
        StandInMessage message = await PaintAsync(Anna, "a castle in the mountains", 2);
        await Subnet.Subnet.RestartAsync();
        OpenInteraction press = await PressAsync(Anna, message, "U2");
        await SaysAsync(() => press.Original, "2");
        Assert.Single(press.Original!.Files);
        NothingForbidden();
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_two_hundred_conversations_loses_none_and_answers_none_twice()
    {
        StandInChannel channel = Discord.World.AddChannel();
        OpenInteraction[] asked = [.. Enumerable.Range(0, 200).Select(_ => Discord.Make.Command(Boris, channel, "help"))];
        await Task.WhenAll(asked.Select(SendAsync));
        await Subnet.Subnet.RestartAsync();
        await Eventually.TrueAsync(() => Task.FromResult(asked.All(one => one.Original is { IsLoading: false })));
        Assert.All(asked, one => Assert.Single(one.Messages));
        NothingForbidden();
    }

    [Fact]
    public async Task Edit_shows_a_form_with_what_was_asked_and_paints_what_is_entered()
    {
        StandInMessage message = await PaintAsync(Anna, "a blue boat");
        OpenInteraction press = await PressAsync(Anna, message, "Edit");
        Assert.Equal(9, (int)press.Callback!["type"]!);
        JsonNode prompt = press.Callback["data"]!["components"]!.AsArray().Single(label => (string?)label!["component"]!["custom_id"] == "prompt")!;
        Assert.Equal("a blue boat", (string?)prompt["component"]!["value"]);
        OpenInteraction sent = await SendAsync(Discord.Make.Submit(Anna, press, ("prompt", "a green boat")));
        Assert.Contains("a green boat", (await DeliveredAsync(sent)).Text, StringComparison.Ordinal);
        NothingForbidden();
    }

    [Fact]
    public async Task Cancel_while_waiting_ends_the_order()
    {
        Subnet.Subnet.Miner.Hold();
        OpenInteraction asked = await CommandAsync(Anna, "imagine", ("prompt", "a windmill"), ("count", 1));
        await Eventually.TrueAsync(() => Task.FromResult(asked.Original!.Controls.Count > 0));
        await PressAsync(Anna, asked.Original!, "Cancel");
        Subnet.Subnet.Miner.Release();
        await SaysAsync(() => asked.Original, "Cancelled before a picture was finished");
        NothingForbidden();
    }

    [Fact]
    public async Task A_storm_of_429_delays_and_loses_nothing()
    {
        Subnet.Subnet.Miner.Hold();
        OpenInteraction asked = await CommandAsync(Anna, "imagine", ("prompt", "a lighthouse at night"), ("steps", 4), ("count", 1));
        Discord.Limits.Storm(12, TimeSpan.FromSeconds(1));
        Subnet.Subnet.Miner.Release();
        await DeliveredAsync(asked);
        Assert.True(Discord.Limits.Invalid >= 12);
        NothingForbidden();
    }

    [Fact]
    public async Task The_same_interaction_many_times_is_answered_once()
    {
        OpenInteraction asked = Discord.Make.Command(Anna, Discord.World.AddChannel(), "imagine", ("prompt", "a tent in the desert"), ("steps", 4), ("count", 1));
        await SendAsync(asked);
        byte[] body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(asked.Payload);
        InteractionReply[] replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Discord.Sender.SendAsync(Subnet.Interactions, body, null, Forgery.None, Ct)));
        Assert.All(replies, reply => Assert.InRange(reply.Status, 200, 202));
        await DeliveredAsync(asked);
        OpenInteraction history = await CommandAsync(Anna, "queue");
        await SaysAsync(() => history.Original, "0");
        Assert.Single(asked.Messages);
        Assert.DoesNotContain(Discord.World.Messages.Values, message => message.Id != asked.Original!.Id && message.Text.Contains("a tent in the desert", StringComparison.Ordinal));
        NothingForbidden();
    }

    [Fact]
    public async Task An_attachment_goes_in_and_a_larger_picture_comes_out()
    {
        StandInMessage painted = await PaintAsync(Anna, "trees on green hills");
        StandInFile file = Discord.World.AddFile("mine.png", "image/png", painted.Files[0].Content);
        OpenInteraction asked = await CommandAsync(Boris, "upscale", ("image", file));
        await Eventually.TrueAsync(() => Task.FromResult(asked.Original!.Files.Count == 1));
        Assert.Equal(Png, asked.Original!.Files[0].Content.AsSpan(0, 4).ToArray());
        Assert.True(asked.Original.Files[0].Content.Length > file.Content.Length);
        NothingForbidden();
    }

    [Fact]
    public async Task A_picture_that_is_dropped_in_is_verified()
    {
        StandInMessage painted = await PaintAsync(Anna, "a yellow rocket");
        OpenInteraction genuine = await CommandAsync(Boris, "verify", ("image", Discord.World.AddFile("a.png", "image/png", painted.Files[0].Content)));
        OpenInteraction other = await CommandAsync(Boris, "verify", ("image", Discord.World.AddFile("b.png", "image/png", [.. painted.Files[0].Content, 0])));
        await Eventually.TrueAsync(() => Task.FromResult(genuine.Original is { IsLoading: false } && other.Original is { IsLoading: false }));
        Assert.Contains("sha256", genuine.Original!.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("sha256", other.Original!.Text, StringComparison.Ordinal);
        NothingForbidden();
    }

    [Fact]
    public async Task A_message_that_is_deleted_while_it_is_waited_for_stops_nobody()
    {
        Subnet.Subnet.Miner.Hold();
        OpenInteraction asked = await CommandAsync(Anna, "imagine", ("prompt", "a red tent"), ("steps", 4), ("count", 1));
        await Eventually.TrueAsync(() => Task.FromResult(asked.Original is { IsLoading: false }));
        asked.Original!.IsDeleted = true;
        Subnet.Subnet.Miner.Release();
        Assert.Contains("a white sailboat", (await PaintAsync(Boris, "a white sailboat")).Text, StringComparison.Ordinal);
        OpenInteraction history = await CommandAsync(Anna, "history");
        await SaysAsync(() => history.Original, "a red tent");
        NothingForbidden();
    }

    [Fact]
    public async Task What_is_private_is_seen_by_whoever_asked_alone()
    {
        OpenInteraction asked = await CommandAsync(Anna, "imagine", ("prompt", "a pink house"), ("steps", 4), ("count", 1), ("private", true));
        StandInMessage message = await DeliveredAsync(asked);
        Assert.True(message.IsEphemeral);
        Assert.DoesNotContain(Discord.World.Messages.Values, other => !other.IsEphemeral && other.Text.Contains("a pink house", StringComparison.Ordinal));
        NothingForbidden();
    }

    [Fact]
    public async Task Typing_a_model_is_helped()
    {
        OpenInteraction typing = await SendAsync(Discord.Make.Typing(Anna, Discord.World.AddChannel(), "imagine", "model", ("prompt", "a house"), ("model", "")));
        Assert.NotEmpty(typing.Callback!["data"]!["choices"]!.AsArray());
        NothingForbidden();
    }

    [Fact]
    public async Task Commands_of_a_message_know_our_pictures()
    {
        StandInMessage message = await PaintAsync(Anna, "a hot air balloon");
        foreach (string name in Subnet.Subnet.Services.GetRequiredService<Niche.Bots.Commands.CommandBook>().MessageCommands.Select(command => command.Name))
        {
            OpenInteraction used = await SendAsync(Discord.Make.MessageCommand(Boris, Discord.World.Channels[message.Channel], name, message));
            if (name == CommandNames.MessageInput) used = await SendAsync(Discord.Make.Submit(Boris, used, ("prompt", "a hot air balloon at night"), ("strength", "0.5")));
            await Eventually.TrueAsync(() => Task.FromResult(used.Original is { IsLoading: false }));
            Assert.NotEmpty(used.Original!.Text);
        }

        StandInMessage painted = await DeliveredAsync(Discord.World.Interactions.Values.Single(one => one.Kind == 5 && one.Original?.Text.Contains("balloon at night", StringComparison.Ordinal) == true));
        Assert.Contains("from a picture, strength 0.5", painted.Text, StringComparison.Ordinal);
        NothingForbidden();
    }

    [Fact]
    public async Task The_whole_book_of_commands_is_taken_and_sent_once()
    {
        Assert.SkipWhen(ApiDescription.Find() is null, "Discord's description (../shared/specs/discord-openapi.json) is not on this machine.");
        BotUpkeep upkeep = Subnet.Subnet.Services.GetRequiredService<BotUpkeep>();
        await upkeep.RegisterAsync(Ct);
        await upkeep.RegisterAsync(Ct);
        Assert.Single(Discord.CallsOf("bulk_set_application_commands"));
        Assert.Contains("imagine", Discord.App.Commands.Select(command => (string?)command!["name"]));
        NothingForbidden();
    }
}
