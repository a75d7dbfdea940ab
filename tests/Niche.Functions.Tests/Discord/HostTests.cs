using Microsoft.Extensions.Hosting;
using Niche.Bots.Host;
using Niche.DiscordStandIn.Gateway;
using Niche.DiscordStandIn.World;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Discord;

/// <summary>A process that only receives, beside functions that only answer: they meet in the storage.</summary>
public sealed class HostTests(SharedSubnet shared) : IAsyncLifetime
{
    private readonly DiscordSubnet _subnet = new(shared);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _subnet.InitializeAsync();

    public ValueTask DisposeAsync() => _subnet.DisposeAsync();

    [Fact]
    public async Task What_the_host_receives_the_functions_answer()
    {
        using IHost host = BotHost.Build(
        [
            "--Discord:Token", _subnet.Discord.Token, "--Discord:ApiBase", _subnet.Discord.ApiBase.AbsoluteUri, "--Storage:Path", _subnet.Subnet.Storage,
            "--Logging:LogLevel:Default", "None",
        ])!;
        await host.StartAsync(Ct);
        GatewayLink link = await _subnet.Discord.Gateway.NextAsync(Ct);
        OpenInteraction asked = _subnet.Discord.Make.Command(
            new StandInUser(101, "Anna"), _subnet.Discord.World.AddChannel(), "imagine", ("prompt", "a green castle"), ("steps", 4), ("count", 1));
        await _subnet.Discord.Gateway.DispatchAsync(asked);
        Assert.Equal(5, (int)(await asked.AnsweredAsync(Ct))["type"]!);
        await Eventually.TrueAsync(() => Task.FromResult(asked.Original is { Files.Count: 1 }));
        await host.StopAsync(Ct);
        await link.Over.WaitAsync(TimeSpan.FromSeconds(60), Ct);
        Assert.Equal(1000, link.ClientClosedWith);
        Assert.True(_subnet.Discord.Faults.IsEmpty, string.Join("\n", _subnet.Discord.Faults));
    }

    [Fact]
    public void Without_a_token_there_is_no_host() => Assert.Null(BotHost.Build([]));
}
