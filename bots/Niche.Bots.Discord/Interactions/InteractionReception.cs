using System.Text.Json.Nodes;
using Niche.Bots.Incoming;
using Niche.Bots.Platforms;

namespace Niche.Bots.Discord.Interactions;

/// <summary>Takes interactions in, however they came: hands them to the desk, which keeps them, and says what Discord has to hear at once.</summary>
public sealed class InteractionReception(IBotDesk desk)
{
    /// <summary>Takes an interaction.</summary>
    /// <returns>The callback; null when there is nothing to say.</returns>
    public async Task<JsonObject?> TakeAsync(DiscordInteraction interaction, CancellationToken ct)
    {
        if (interaction.Kind == InteractionKind.Ping) return CallbackJson.Pong();
        Acknowledgement said = EventMapper.ToEvent(interaction) is { User.IsBot: false } happened
            ? await desk.ReceiveAsync(happened, ct).ConfigureAwait(false)
            : new Acknowledgement.Nothing();
        return CallbackJson.Of(said, interaction);
    }
}
