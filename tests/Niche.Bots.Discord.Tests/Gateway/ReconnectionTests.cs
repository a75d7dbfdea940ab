using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Niche.Bots.Discord.Gateway;
using Niche.Bots.Discord.Tests.Rig;
using Niche.Bots.Incoming;
using Niche.DiscordStandIn.Gateway;
using Niche.DiscordStandIn.World;

namespace Niche.Bots.Discord.Tests.Gateway;

public sealed class ReconnectionTests : GatewayTest
{
    [Fact]
    public async Task It_beats_with_the_number_of_the_last_event()
    {
        GatewayLink link = await ConnectedAsync();
        await (await AskAsync("help")).AnsweredAsync(Ct);
        await Until.TrueAsync(() => link.Beats is [.., 2], Ct);
        int before = link.Beats.Count;
        await link.AskToBeatAsync();
        await Until.TrueAsync(() => link.Beats.Count > before, Ct);
    }

    [Fact]
    public async Task A_cut_cable_is_noticed_and_what_was_missed_is_heard_once()
    {
        GatewayLink link = await ConnectedAsync();
        OpenInteraction first = await AskAsync("one");
        await first.AnsweredAsync(Ct);
        link.Break();
        OpenInteraction missed = await AskAsync("two");
        await ConnectedAsync();
        await missed.AnsweredAsync(Ct);
        Assert.Equal((1, 1), (Discord.Gateway.Identified, Discord.Gateway.Resumed));
        Assert.Equal(["one", "two"], Desk.Events.OfType<CommandEvent>().Select(happened => happened.Name));
    }

    [Fact]
    public async Task A_server_that_stops_answering_heartbeats_is_left_and_the_session_resumed()
    {
        GatewayLink link = await ConnectedAsync();
        Discord.Gateway.IsDeaf = true;
        await link.Over.WaitAsync(TimeSpan.FromSeconds(60), Ct);
        Assert.Equal(4900, link.ClientClosedWith);
        Discord.Gateway.IsDeaf = false;
        await ConnectedAsync();
        Assert.Equal(1, Discord.Gateway.Identified);
        await (await AskAsync("help")).AnsweredAsync(Ct);
    }

    [Fact]
    public async Task Asked_to_reconnect_it_resumes()
    {
        await (await ConnectedAsync()).AskToReconnectAsync();
        await ConnectedAsync();
        Assert.Equal((1, 1), (Discord.Gateway.Identified, Discord.Gateway.Resumed));
    }

    [Theory]
    [InlineData(true, 1, 1)]
    [InlineData(false, 2, 0)]
    public async Task A_session_called_void_is_resumed_or_begun_anew_as_the_server_says(bool mayResume, int identified, int resumed)
    {
        await (await ConnectedAsync()).InvalidateAsync(mayResume);
        await ConnectedAsync();
        Assert.Equal((identified, resumed), (Discord.Gateway.Identified, Discord.Gateway.Resumed));
    }

    [Theory]
    [InlineData(4000, 1)]
    [InlineData(4008, 1)]
    [InlineData(1000, 2)]
    [InlineData(1001, 2)]
    [InlineData(4007, 2)]
    [InlineData(4009, 2)]
    public async Task Close_codes_are_obeyed(int code, int identified)
    {
        await (await ConnectedAsync()).CloseAsync(code);
        await ConnectedAsync();
        Assert.Equal(identified, Discord.Gateway.Identified);
    }

    [Fact]
    public async Task When_the_server_forgot_the_session_a_new_one_is_begun()
    {
        GatewayLink link = await ConnectedAsync();
        Discord.Gateway.Forget();
        link.Break();
        await ConnectedAsync();
        await (await AskAsync("help")).AnsweredAsync(Ct);
        Assert.Equal(0, Discord.Gateway.Resumed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"op":-1}""")]
    [InlineData("""{"op":"0"}""")]
    [InlineData("""{"op":0,"t":"READY","s":1,"d":null}""")]
    [InlineData("""{"op":0,"t":"READY","s":1,"d":{"session_id":"x","resume_gateway_url":"file:///etc/passwd"}}""")]
    [InlineData("""{"op":0,"t":"INTERACTION_CREATE","s":-5,"d":{}}""")]
    public async Task Frames_that_are_none_end_the_connection_and_the_next_one_works(string frame)
    {
        await (await ConnectedAsync()).SendRawAsync(Encoding.UTF8.GetBytes(frame));
        await ConnectedAsync();
        await (await AskAsync("help")).AnsweredAsync(Ct);
    }

    [Fact]
    public async Task A_frame_without_end_is_given_up()
    {
        await (await ConnectedAsync()).SendRawAsync(new byte[5 * 1024 * 1024]);
        await ConnectedAsync();
    }

    [Theory]
    [InlineData(4004, "token")]
    [InlineData(4010, "shard")]
    [InlineData(4011, "shards")]
    [InlineData(4013, "intents")]
    [InlineData(4014, "intents")]
    public async Task A_refusal_for_good_ends_the_shard_with_words(int code, string word)
    {
        Discord.Gateway.ClosesWith = code;
        GatewayShard shard = new(
            new GatewayOptions { Token = "any" }, _ => Task.FromResult(new GatewayAddress(new Uri($"ws://{Discord.Url.Authority}/gateway/"), 1, TimeSpan.Zero)),
            (_, _) => ValueTask.CompletedTask, new Random(1), TimeProvider.System, NullLogger<GatewayShard>.Instance);
        Assert.Contains(word, (await Assert.ThrowsAsync<GatewayException>(() => shard.RunAsync(Ct))).Message, StringComparison.Ordinal);
    }
}
