using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Niche.Bots.Discord.Rest;
using Niche.Bots.Discord.Tests.Rig;
using Niche.DiscordStandIn;
using Niche.DiscordStandIn.World;

namespace Niche.Bots.Discord.Tests.Rest;

public sealed class BanTests : DiscordTest
{
    protected override StandInOptions Options { get; } = new() { InvalidBudget = 40, BucketSize = 1000, PerSecond = 1000 };

    protected override void Configure(IServiceCollection services) => services.AddSingleton(new InvalidRequests(TimeProvider.System, 20));

    [Fact]
    public async Task A_bot_without_rights_anywhere_stops_long_before_it_is_banned()
    {
        StandInChannel channel = Discord.World.AddChannel();
        channel.State = ChannelState.Left;
        List<DiscordErrorKind> kinds = [];
        for (int i = 0; i < 60; i++)
        {
            DiscordBody body = new(new JsonObject { ["content"] = "hello" });
            kinds.Add((await Rest.SendAsync(DiscordRoute.Messages(channel.Id), body, TimeSpan.FromSeconds(5), Ct)).Error!.Kind);
        }

        Assert.Equal(20, kinds.Count(kind => kind == DiscordErrorKind.Forbidden));
        Assert.Equal(40, kinds.Count(kind => kind == DiscordErrorKind.BudgetSpent));
        Assert.Equal(20, Discord.Limits.Invalid);
        Assert.False(Discord.Limits.IsBanned);
    }
}
