using System.Text.Json;
using Niche.Bots.Discord.Interactions;
using Niche.Bots.Discord.Tests.Rig;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.DiscordStandIn.World;

namespace Niche.Bots.Discord.Tests.Answers;

public sealed class SendTests : AnswerTest
{
    [Fact]
    public async Task The_first_answer_fills_the_deferred_message_with_picture_and_buttons()
    {
        (OpenInteraction asked, Place place) = await AskAsync();
        MessageRef sent = await Platform.SendAsync(place, Views.Result(await PictureAsync(), await PictureAsync(isSpoiler: true)), true, Ct);
        StandInMessage message = asked.Original!;
        Assert.Equal(($"{message.Id}", $"{message.Channel}", false), (sent.Message, sent.Channel, sent.Private));
        Assert.False(message.IsLoading);
        Assert.True(message.IsOfComponents);
        Assert.Equal(["niche-1.png", "SPOILER_niche-2.png"], message.Files.Select(file => file.Name));
        Assert.Equal(["u1", "u2", "u3", "u4", "r", "d"], message.Controls.Select(control => (string)control["custom_id"]!));
        Assert.Contains("a house on a hill", message.Text, StringComparison.Ordinal);
        Assert.Empty(Discord.CallsOf("create_message"));
    }

    [Fact]
    public async Task Further_answers_are_messages_of_their_own_and_private_ones_stay_private()
    {
        (OpenInteraction asked, Place place) = await AskAsync();
        await Platform.SendAsync(place, Views.Text("first"), true, Ct);
        await Platform.SendAsync(place, Views.Text("second"), false, Ct);
        MessageRef third = await Platform.SendAsync(place, Views.Text("third", isPrivate: true), false, Ct);
        Assert.Equal(3, asked.Messages.Count);
        Assert.Equal([false, false, true], asked.Messages.Select(message => message.IsEphemeral));
        Assert.True(third.Private);
    }

    [Fact]
    public async Task After_fifteen_minutes_the_answer_is_a_message_of_the_channel()
    {
        (OpenInteraction asked, Place place) = await AskAsync();
        Time.Advance(TimeSpan.FromMinutes(15));
        MessageRef sent = await Platform.SendAsync(place, Views.Result(await PictureAsync()), true, Ct);
        Assert.Null(sent.Token);
        StandInMessage message = Discord.World.Messages[ulong.Parse(sent.Message)];
        Assert.Equal(asked.Channel!.Id, message.Channel);
        Assert.Single(message.Files);
        Assert.Empty(Discord.CallsOf("update_original_webhook_message"));
    }

    [Fact]
    public async Task A_token_that_is_void_before_its_time_is_tried_twice_and_then_the_channel_gets_the_answer()
    {
        (OpenInteraction asked, Place place) = await AskAsync();
        Discord.World.Interactions.Remove(asked.Token, out _);
        Time.Advance(TimeSpan.FromSeconds(10));
        MessageRef sent = await InTimeAsync(Platform.SendAsync(place, Views.Text("late"), true, Ct));
        Assert.Equal(2, Discord.CallsOf("update_original_webhook_message").Count);
        Assert.Equal("late", Discord.World.Messages[ulong.Parse(sent.Message)].Text);
    }

    [Fact]
    public async Task An_answer_that_is_ready_before_Discord_was_told_of_it_waits_for_that()
    {
        OpenInteraction asked = Discord.Make.Command(Anna, Discord.World.AddChannel(), "help");
        Place place = EventMapper.ToEvent(InteractionReader.Read(JsonSerializer.SerializeToUtf8Bytes(asked.Payload)))!.Place;
        PlatformException busy = await FaultAsync(() => InTimeAsync(Platform.SendAsync(place, Views.Text("early"), true, Ct)), PlatformFault.Busy);
        Assert.Equal(TimeSpan.FromSeconds(1), busy.RetryAfter);
        Assert.Empty(Discord.CallsOf("create_message"));
        await SendAsync(asked);
        await Platform.SendAsync(place, Views.Text("early"), true, Ct);
        Assert.Equal("early", asked.Original!.Text);
    }

    [Fact]
    public async Task What_one_person_may_see_never_goes_to_a_channel()
    {
        (_, Place place) = await AskAsync(isPrivate: true);
        Time.Advance(TimeSpan.FromMinutes(15));
        await FaultAsync(() => Platform.SendAsync(place, Views.Text("secret", isPrivate: true), true, Ct), PlatformFault.Expired);
        Assert.Empty(Discord.CallsOf("create_message"));
    }

    [Fact]
    public async Task An_answer_whose_place_was_dismissed_comes_as_a_message_of_its_own()
    {
        (OpenInteraction asked, Place place) = await AskAsync();
        asked.Original!.IsDeleted = true;
        MessageRef sent = await Platform.SendAsync(place, Views.Text("here"), true, Ct);
        Assert.Equal("here", Discord.World.Messages[ulong.Parse(sent.Message)].Text);
        Assert.Single(Discord.CallsOf("execute_webhook"));
    }

    [Theory]
    [InlineData(ChannelState.Left, PlatformFault.Forbidden)]
    [InlineData(ChannelState.ReadOnly, PlatformFault.Forbidden)]
    [InlineData(ChannelState.Deleted, PlatformFault.Gone)]
    public async Task Late_answers_to_places_that_are_closed_say_why(ChannelState state, PlatformFault expected)
    {
        (OpenInteraction asked, Place place) = await AskAsync();
        Time.Advance(TimeSpan.FromMinutes(15));
        asked.Channel!.State = state;
        await FaultAsync(() => Platform.SendAsync(place, Views.Text("late"), true, Ct), expected);
    }

    [Theory]
    [InlineData(ChannelState.Left)]
    [InlineData(ChannelState.ReadOnly)]
    public async Task Answers_in_time_need_no_rights_in_the_channel(ChannelState state)
    {
        (OpenInteraction asked, Place place) = await AskAsync();
        asked.Channel!.State = state;
        MessageRef sent = await Platform.SendAsync(place, Views.Text("in time"), true, Ct);
        await Platform.EditAsync(sent, Views.Text("changed"), Ct);
        Assert.Equal("changed", asked.Original!.Text);
    }

    [Fact]
    public async Task A_picture_larger_than_the_place_allows_is_not_even_sent()
    {
        StandInChannel channel = Discord.World.AddChannel();
        channel.AttachmentLimit = 5000;
        (_, Place place) = await AskAsync(channel);
        await FaultAsync(async () => await Platform.SendAsync(place, Views.Result(await PictureAsync(5001)), true, Ct), PlatformFault.TooLarge);
        Assert.Empty(Discord.CallsOf("update_original_webhook_message"));
        await Platform.SendAsync(place, Views.Result(await PictureAsync(5000)), true, Ct);
    }

    [Fact]
    public async Task A_limit_that_shrank_meanwhile_is_a_typed_fault()
    {
        (OpenInteraction asked, Place place) = await AskAsync();
        asked.Channel!.AttachmentLimit = 100;
        await FaultAsync(async () => await Platform.SendAsync(place, Views.Result(await PictureAsync(5000)), true, Ct), PlatformFault.TooLarge);
    }

    [Fact]
    public async Task A_picture_that_is_not_kept_any_more_is_a_typed_fault()
    {
        (_, Place place) = await AskAsync();
        await FaultAsync(() => Platform.SendAsync(place, Views.Result(new Picture("images", "gone/0.png", "a.png", "")), true, Ct), PlatformFault.Gone);
    }

    [Fact]
    public async Task A_reply_is_tied_to_the_message_it_is_about()
    {
        StandInChannel channel = Discord.World.AddChannel();
        MessageRef sent = await Platform.SendAsync(
            new Place { Platform = "discord", Channel = $"{channel.Id}", ReplyTo = "77" }, Views.Text("here"), true, Ct);
        Assert.Equal(77UL, Discord.World.Messages[ulong.Parse(sent.Message)].ReplyTo);
    }

    [Fact]
    public async Task A_storm_of_429_is_a_fault_with_the_time_to_wait()
    {
        (_, Place place) = await AskAsync();
        Discord.Limits.Storm(1, TimeSpan.FromSeconds(42));
        PlatformException busy = await FaultAsync(() => Platform.SendAsync(place, Views.Text("x"), true, Ct), PlatformFault.Busy);
        Assert.Equal(TimeSpan.FromSeconds(42), busy.RetryAfter);
        Time.Advance(TimeSpan.FromSeconds(43));
        await Platform.SendAsync(place, Views.Text("x"), true, Ct);
    }

    [Fact]
    public async Task Places_of_other_making_are_refused()
    {
        await FaultAsync(() => Platform.SendAsync(new Place { Platform = "discord", Channel = "../users" }, Views.Text("x"), true, Ct), PlatformFault.Refused);
        await FaultAsync(() => Platform.EditAsync(new MessageRef("discord", "1", "@original"), Views.Text("x"), Ct), PlatformFault.Refused);
    }

    [Fact]
    public async Task Typing_is_shown_only_where_no_deferred_answer_shows_it()
    {
        (OpenInteraction asked, Place place) = await AskAsync();
        await Platform.ShowBusyAsync(place, true, Ct);
        Assert.Empty(Discord.CallsOf("trigger_typing_indicator"));
        await Platform.ShowBusyAsync(new Place { Platform = "discord", Channel = $"{asked.Channel!.Id}" }, true, Ct);
        Assert.Single(Discord.CallsOf("trigger_typing_indicator"));
    }

    // Pauses of the edge pass on the test's clock.
    private async Task<MessageRef> InTimeAsync(Task<MessageRef> sending)
    {
        while (!sending.IsCompleted)
        {
            await Task.WhenAny(sending, Task.Delay(10, Ct));
            Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        return await sending;
    }
}
