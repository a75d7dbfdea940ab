using Niche.DiscordStandIn.World;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Discord;

/// <summary>What happens when a token ends before the picture is there: here after two seconds, which the bot cannot know.</summary>
public sealed class TokenEndTests(SharedSubnet shared) : IAsyncLifetime
{
    private readonly DiscordSubnet _subnet = new(shared) { TokenLife = TimeSpan.FromSeconds(2) };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _subnet.InitializeAsync();

    public ValueTask DisposeAsync() => _subnet.DisposeAsync();

    [Theory]
    [InlineData(ChannelState.Open, true)]
    [InlineData(ChannelState.Left, false)]
    public async Task A_picture_after_the_end_of_the_token_comes_by_the_channel_where_there_still_is_one(ChannelState state, bool isDelivered)
    {
        _subnet.Subnet.Miner.Hold();
        StandInChannel channel = _subnet.Discord.World.AddChannel();
        OpenInteraction asked = _subnet.Discord.Make.Command(new StandInUser(101, "Anna"), channel, "imagine", ("prompt", "a house at sunset"), ("steps", 4), ("count", 1));
        Assert.True((await _subnet.Discord.Sender.SendAsync(_subnet.Interactions, asked, Ct)).IsTaken);
        await Eventually.TrueAsync(() => Task.FromResult(asked.Original is { IsLoading: false }));
        await Eventually.TrueAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() - asked.At > TimeSpan.FromSeconds(2)));
        channel.State = state;
        _subnet.Subnet.Miner.Release();
        if (isDelivered) await Eventually.TrueAsync(() => Task.FromResult(asked.Original!.Files.Count == 1));
        else await Eventually.TrueAsync(() => Task.FromResult(_subnet.Discord.CallsOf("update_message").Count > 0));
        OpenInteraction history = _subnet.Discord.Make.Command(new StandInUser(101, "Anna"), _subnet.Discord.World.AddChannel(), "history");
        Assert.True((await _subnet.Discord.Sender.SendAsync(_subnet.Interactions, history, Ct)).IsTaken);
        await Eventually.TrueAsync(() => Task.FromResult(history.Original!.Text.Contains("a house at sunset", StringComparison.Ordinal)));
        Assert.Empty(_subnet.Discord.Faults);
    }
}
