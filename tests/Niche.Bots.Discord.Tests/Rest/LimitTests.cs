using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Niche.Bots.Discord.Rest;
using Niche.Bots.Discord.Tests.Rig;
using Niche.DiscordStandIn;
using Niche.DiscordStandIn.World;

namespace Niche.Bots.Discord.Tests.Rest;

public sealed class LimitTests : DiscordTest
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    protected override StandInOptions Options { get; } = new() { BucketSize = 5, BucketWindow = TimeSpan.FromMilliseconds(300), PerSecond = 50 };

    [Fact]
    public async Task Forty_messages_at_once_into_one_channel_arrive_without_a_single_refusal()
    {
        StandInChannel channel = Discord.World.AddChannel();
        DiscordAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => PostAsync(channel, $"message {i}")));
        Assert.All(answers, answer => Assert.True(answer.IsSuccess, answer.Error?.Detail));
        Assert.Equal(0, Discord.Limits.Invalid);
        Assert.Equal(40, Discord.World.Messages.Values.Select(message => message.Text).Distinct().Count());
    }

    [Fact]
    public async Task Channels_do_not_wait_for_one_another_but_all_wait_for_the_limit_per_second()
    {
        StandInChannel[] channels = [.. Enumerable.Range(0, 120).Select(_ => Discord.World.AddChannel())];
        DiscordAnswer[] answers = await Task.WhenAll(channels.Select(channel => PostAsync(channel, "hello")));
        Assert.All(answers, answer => Assert.True(answer.IsSuccess, answer.Error?.Detail));
        Assert.Equal(0, Discord.Limits.Invalid);
    }

    [Fact]
    public async Task A_storm_of_429_is_sat_out_when_it_is_short()
    {
        Discord.Limits.Storm(3, TimeSpan.FromMilliseconds(50));
        DiscordAnswer answer = await PostAsync(Discord.World.AddChannel(), "hello");
        Assert.True(answer.IsSuccess);
        Assert.Equal(3, Discord.Limits.Invalid);
        Assert.Single(Discord.World.Messages);
    }

    [Fact]
    public async Task A_wait_longer_than_the_caller_has_is_an_error_with_the_time_and_the_next_call_does_not_even_go_out()
    {
        StandInChannel channel = Discord.World.AddChannel();
        Discord.Limits.Storm(1, TimeSpan.FromSeconds(30));
        DiscordAnswer first = await PostAsync(channel, "hello", TimeSpan.FromSeconds(2));
        Assert.Equal(DiscordErrorKind.RateLimited, first.Error!.Kind);
        Assert.InRange(first.Error.RetryAfter!.Value, TimeSpan.FromSeconds(28), TimeSpan.FromSeconds(30));
        DiscordAnswer second = await PostAsync(channel, "hello", TimeSpan.FromSeconds(2));
        Assert.Equal(DiscordErrorKind.RateLimited, second.Error!.Kind);
        Assert.InRange(second.Error.RetryAfter!.Value, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
        Assert.Equal(1, Discord.Limits.Invalid);
        Assert.True((await PostAsync(Discord.World.AddChannel(), "elsewhere", TimeSpan.FromSeconds(2))).IsSuccess);
    }

    [Fact]
    public async Task A_global_429_stops_every_call_of_the_app_but_no_answer_to_an_interaction()
    {
        Discord.Limits.Storm(1, TimeSpan.FromSeconds(30), isGlobal: true);
        await PostAsync(Discord.World.AddChannel(), "hello", TimeSpan.FromSeconds(1));
        Assert.Equal(DiscordErrorKind.RateLimited, (await PostAsync(Discord.World.AddChannel(), "hello", TimeSpan.FromSeconds(1))).Error!.Kind);
        OpenInteraction asked = Discord.Make.Command(Anna, Discord.World.AddChannel(), "help");
        Assert.True((await Rest.SendAsync(DiscordRoute.Callback(asked.Id, asked.Token), new DiscordBody(new JsonObject { ["type"] = 5 }), Long, Ct)).IsSuccess);
    }

    [Fact]
    public async Task Buckets_of_a_hundred_thousand_interactions_do_not_fill_the_memory()
    {
        RateLimits limits = Services.GetRequiredService<RateLimits>();
        for (int i = 0; i < 100_000; i++)
        {
            DiscordRoute route = DiscordRoute.FollowUp(1, $"token-{i}");
            (TimeSpan wait, RateBucket bucket, _) = limits.Reserve(route);
            Assert.Equal(TimeSpan.Zero, wait);
            limits.Answered(route, bucket, new RateHeaders("abc", 5, 4, TimeSpan.Zero), failed: false);
        }

        await Task.Yield();
        Assert.InRange(limits.Buckets, 1, 5000);
    }

    private Task<DiscordAnswer> PostAsync(StandInChannel channel, string text, TimeSpan? patience = null) =>
        Rest.SendAsync(DiscordRoute.Messages(channel.Id), new DiscordBody(new JsonObject { ["content"] = text }), patience ?? Long, Ct);
}
