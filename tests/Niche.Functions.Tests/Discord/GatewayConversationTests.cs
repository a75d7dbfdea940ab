using Niche.DiscordStandIn.World;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Discord;

/// <summary>The same bot without a public address: interactions come over the gateway, also past a cut cable.</summary>
public sealed class GatewayConversationTests(SharedSubnet shared) : IAsyncLifetime
{
    private readonly DiscordSubnet _subnet = new(shared) { UsesGateway = true };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _subnet.InitializeAsync();

    public ValueTask DisposeAsync() => _subnet.DisposeAsync();

    [Fact]
    public async Task A_command_that_was_sent_while_the_cable_was_cut_becomes_a_picture()
    {
        Niche.DiscordStandIn.Gateway.GatewayLink link = await _subnet.Discord.Gateway.NextAsync(Ct);
        OpenInteraction first = await AskAsync("help");
        await first.AnsweredAsync(Ct);
        link.Break();
        OpenInteraction asked = await AskAsync("imagine", ("prompt", "a blue house in the snow"), ("steps", 4), ("count", 1));
        await Eventually.TrueAsync(() => Task.FromResult(asked.Original is { Files.Count: 1 } message && message.Controls.Count > 3));
        Assert.Equal(1, _subnet.Discord.Gateway.Identified);
        OpenInteraction press = _subnet.Discord.Make.Press(new StandInUser(102, "Boris"), asked.Original!, (string)asked.Original!.Button("Info")["custom_id"]!);
        await _subnet.Discord.Gateway.DispatchAsync(press);
        await Eventually.TrueAsync(() => Task.FromResult(press.Original is { IsLoading: false, IsEphemeral: true }));
        Assert.True(_subnet.Discord.Faults.IsEmpty, string.Join("\n", _subnet.Discord.Faults));
    }

    private async Task<OpenInteraction> AskAsync(string command, params (string, object)[] options)
    {
        OpenInteraction asked = _subnet.Discord.Make.Command(new StandInUser(101, "Anna"), _subnet.Discord.World.AddChannel(), command, options);
        await _subnet.Discord.Gateway.DispatchAsync(asked);
        return asked;
    }
}
