using Niche.Bots.Discord.Tests.Rig;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.DiscordStandIn.World;

namespace Niche.Bots.Discord.Tests.Answers;

/// <summary>Messages to a person alone.</summary>
public sealed class DirectTests : AnswerTest
{
    [Fact]
    public async Task A_message_to_a_person_stands_in_their_private_chat_with_picture_and_buttons()
    {
        MessageRef sent = await Platform.SendDirectAsync("101", Views.Result(await PictureAsync()), "job", Ct);
        StandInMessage message = Discord.World.Messages[ulong.Parse(sent.Message)];
        Assert.Equal(Discord.World.Privates[101].Id, message.Channel);
        Assert.Equal((1, false, null), (message.Files.Count, sent.Private, sent.Token));
        Assert.NotEmpty(message.Controls);
        await Platform.EditAsync(sent, Views.Text("changed"), Ct);
        Assert.Equal("changed", message.Text);
    }

    [Fact]
    public async Task The_same_message_twice_is_one()
    {
        MessageRef first = await Platform.SendDirectAsync("101", Views.Text("here"), "job", Ct), second = await Platform.SendDirectAsync("101", Views.Text("here"), "job", Ct);
        Assert.Equal(first, second);
        Assert.NotEqual(first, await Platform.SendDirectAsync("101", Views.Text("here"), "another job", Ct));
    }

    [Fact]
    public async Task Who_takes_no_messages_is_a_typed_fault_and_no_storm()
    {
        Discord.World.PrivateWith(101).State = ChannelState.Unwanted;
        await FaultAsync(() => Platform.SendDirectAsync("101", Views.Text("here"), "job", Ct), PlatformFault.Forbidden);
        Assert.Single(Discord.CallsOf("create_message"));
    }

    [Fact]
    public async Task An_id_that_is_none_reaches_nobody()
    {
        await FaultAsync(() => Platform.SendDirectAsync("../guilds", Views.Text("here"), "job", Ct), PlatformFault.Refused);
        Assert.Empty(Discord.Journal);
    }

    [Fact]
    public async Task A_limit_is_a_fault_with_the_time_to_wait()
    {
        Discord.Limits.Storm(1, TimeSpan.FromSeconds(42));
        PlatformException busy = await FaultAsync(() => Platform.SendDirectAsync("101", Views.Text("here"), "job", Ct), PlatformFault.Busy);
        Assert.Equal(TimeSpan.FromSeconds(42), busy.RetryAfter);
    }
}
