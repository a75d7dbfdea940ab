using System.Net;
using Niche.DiscordStandIn.Interactions;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Discord;

public sealed class DoorTests(DiscordSubnet subnet, SharedSubnet without) : DiscordTalk(subnet), IClassFixture<DiscordSubnet>
{
    public static TheoryData<Forgery> Forgeries => [.. Enum.GetValues<Forgery>().Where(forgery => forgery != Forgery.None)];

    [Fact]
    public async Task A_ping_is_answered_by_a_pong() => Assert.Equal(1, (int)(await SendAsync(Discord.Make.Ping())).Callback!["type"]!);

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task What_Discord_did_not_sign_is_refused(Forgery forgery) =>
        Assert.Equal(401, (await Discord.Sender.SendAsync(Subnet.Interactions, Discord.Make.Ping(), Ct, forgery)).Status);

    [Fact]
    public async Task A_body_without_end_is_refused() =>
        Assert.Equal(413, (await Discord.Sender.SendAsync(Subnet.Interactions, new byte[3_000_000], null, Forgery.None, Ct)).Status);

    [Fact]
    public async Task Without_a_key_there_is_no_door()
    {
        using HttpResponseMessage response = await without.Http.PostAsync(new Uri("/bots/discord", UriKind.Relative), new ByteArrayContent([]), Ct);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
