using Niche.Bots.Discord.Tests.Rig;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.DiscordStandIn.World;

namespace Niche.Bots.Discord.Tests.Answers;

public sealed class EditTests : AnswerTest
{
    [Fact]
    public async Task A_message_changes_by_its_token_and_then_by_its_channel()
    {
        (OpenInteraction asked, Place place) = await AskAsync();
        MessageRef sent = await Platform.SendAsync(place, Views.Text("one"), true, Ct);
        await Platform.EditAsync(sent, Views.Text("two"), Ct);
        Assert.Empty(Discord.CallsOf("update_message"));
        Time.Advance(TimeSpan.FromMinutes(15));
        await Platform.EditAsync(sent, Views.Text("three"), Ct);
        Assert.Single(Discord.CallsOf("update_message"));
        Assert.Equal("three", asked.Original!.Text);
    }

    [Fact]
    public async Task Pictures_come_and_go_with_the_view()
    {
        (OpenInteraction asked, Place place) = await AskAsync();
        MessageRef sent = await Platform.SendAsync(place, Views.Text("waiting"), true, Ct);
        await Platform.EditAsync(sent, Views.Result(await PictureAsync(1), await PictureAsync(2)), Ct);
        Assert.Equal([1, 2], asked.Original!.Files.Select(file => file.Content.Length));
        await Platform.EditAsync(sent, Views.Result(await PictureAsync(3)), Ct);
        Assert.Equal([3], asked.Original.Files.Select(file => file.Content.Length));
        await Platform.EditAsync(sent, Views.Text("gone"), Ct);
        Assert.Empty(asked.Original.Files);
    }

    [Fact]
    public async Task A_message_takes_files_as_large_as_its_interaction_said_when_it_is_changed_as_well()
    {
        StandInChannel channel = Discord.World.AddChannel();
        channel.AttachmentLimit = 5000;
        (OpenInteraction asked, Place place) = await AskAsync(channel);
        MessageRef sent = await Platform.SendAsync(place, Views.Text("waiting"), true, Ct);
        await FaultAsync(async () => await Platform.EditAsync(sent, Views.Result(await PictureAsync(5001)), Ct), PlatformFault.TooLarge);
        Assert.Single(Discord.CallsOf("update_original_webhook_message"));
        await Platform.EditAsync(sent, Views.Result(await PictureAsync(5000)), Ct);
        Assert.Single(asked.Original!.Files);
    }

    [Fact]
    public async Task The_same_view_twice_is_no_fault()
    {
        (_, Place place) = await AskAsync();
        MessageRef sent = await Platform.SendAsync(place, Views.Text("one"), true, Ct);
        await Platform.EditAsync(sent, Views.Text("one"), Ct);
        await Platform.EditAsync(sent, Views.Text("one"), Ct);
    }

    [Fact]
    public async Task A_pressed_message_changes_in_place()
    {
        (OpenInteraction asked, Place place) = await AskAsync();
        await Platform.SendAsync(place, Views.Result(), true, Ct);
        Time.Advance(TimeSpan.FromDays(400));
        ButtonEvent pressed = await PressAsync(asked.Original!, "u1", new Acknowledgement.InPlace());
        await Platform.EditAsync(pressed.Message, Views.Text("chosen"), Ct);
        Assert.Equal("chosen", asked.Original!.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_a_server_that_the_app_is_not_in_a_pressed_message_changes_by_the_token_of_the_press(bool isInPlace)
    {
        (OpenInteraction asked, Place place) = await AskAsync();
        await Platform.SendAsync(place, Views.Result(), true, Ct);
        asked.Channel!.State = ChannelState.Left;
        ButtonEvent pressed = await PressAsync(asked.Original!, "u1", isInPlace ? new Acknowledgement.InPlace() : new Acknowledgement.Later(false));
        if (isInPlace)
        {
            await Platform.EditAsync(pressed.Message, Views.Text("chosen"), Ct);
            Assert.Equal("chosen", asked.Original!.Text);
        }
        else
        {
            // The token of the press belongs to the new answer; nothing reaches the old message, and the new one is not taken for it.
            await FaultAsync(() => Platform.EditAsync(pressed.Message, Views.Text("chosen"), Ct), PlatformFault.Gone);
            Assert.Contains("a house on a hill", asked.Original!.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_private_message_changes_by_the_token_of_whoever_presses_its_button()
    {
        (OpenInteraction asked, Place place) = await AskAsync(isPrivate: true);
        MessageRef sent = await Platform.SendAsync(place, Views.Result() with { Private = true }, true, Ct);
        Time.Advance(TimeSpan.FromHours(1));
        await FaultAsync(() => Platform.EditAsync(sent, Views.Text("late"), Ct), PlatformFault.Expired);
        ButtonEvent pressed = await PressAsync(asked.Original!, "u1", new Acknowledgement.InPlace());
        Assert.True(pressed.Message.Private);
        await Platform.EditAsync(pressed.Message, Views.Text("chosen", isPrivate: true), Ct);
        Assert.Equal("chosen", asked.Original!.Text);
    }

    [Fact]
    public async Task A_message_that_somebody_deleted_is_gone()
    {
        (OpenInteraction asked, Place place) = await AskAsync();
        MessageRef sent = await Platform.SendAsync(place, Views.Text("one"), true, Ct);
        asked.Original!.IsDeleted = true;
        await FaultAsync(() => Platform.EditAsync(sent, Views.Text("two"), Ct), PlatformFault.Gone);
    }

    [Fact]
    public async Task Deleting_works_by_token_and_by_channel_and_twice_is_no_fault()
    {
        (OpenInteraction asked, Place place) = await AskAsync();
        MessageRef first = await Platform.SendAsync(place, Views.Text("one"), true, Ct);
        MessageRef second = await Platform.SendAsync(place, Views.Text("two"), false, Ct);
        await Platform.DeleteAsync(first, Ct);
        await Platform.DeleteAsync(first, Ct);
        Time.Advance(TimeSpan.FromMinutes(15));
        await Platform.DeleteAsync(second, Ct);
        await Platform.DeleteAsync(second, Ct);
        Assert.All(asked.Messages, message => Assert.True(message.IsDeleted));
    }

    [Fact]
    public async Task Deleting_what_only_its_reader_sees_after_its_time_does_nothing()
    {
        (_, Place place) = await AskAsync(isPrivate: true);
        MessageRef sent = await Platform.SendAsync(place, Views.Text("one", isPrivate: true), true, Ct);
        Time.Advance(TimeSpan.FromMinutes(15));
        await Platform.DeleteAsync(sent, Ct);
        Assert.Empty(Discord.CallsOf("delete_message"));
    }

    private async Task<ButtonEvent> PressAsync(StandInMessage message, string id, Acknowledgement said)
    {
        Desk.Say(said);
        await SendAsync(Discord.Make.Press(Boris, message, id));
        return Assert.IsType<ButtonEvent>(Desk.Events.Last());
    }
}
