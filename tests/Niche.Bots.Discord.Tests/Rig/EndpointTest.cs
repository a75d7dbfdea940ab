using Microsoft.Extensions.DependencyInjection;
using Niche.Bots.Discord.Interactions;
using Niche.DiscordStandIn.Interactions;
using Niche.DiscordStandIn.World;

namespace Niche.Bots.Discord.Tests.Rig;

/// <summary>A test in which interactions come over HTTP.</summary>
public abstract class EndpointTest : DiscordTest
{
    private EndpointServer _server = null!;

    protected Uri Address => _server.Url;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _server = await EndpointServer.StartAsync(Services.GetRequiredService<InteractionEndpoint>());
    }

    public override async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Sends an interaction that is expected to be taken.</summary>
    protected async Task<OpenInteraction> SendAsync(OpenInteraction interaction)
    {
        Niche.DiscordStandIn.Interactions.InteractionReply reply = await Discord.Sender.SendAsync(Address, interaction, Ct);
        Assert.Equal((200, ""), (reply.Status, reply.Faults));
        return interaction;
    }

    protected Task<Niche.DiscordStandIn.Interactions.InteractionReply> SendAsync(OpenInteraction interaction, Forgery forgery) =>
        Discord.Sender.SendAsync(Address, interaction, Ct, forgery);
}
