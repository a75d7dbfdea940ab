using Niche.DiscordStandIn;
using Niche.DiscordStandIn.Interactions;
using Niche.DiscordStandIn.World;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Discord;

/// <summary>People who talk to the bot in Discord, and what they see.</summary>
public abstract class DiscordTalk(DiscordSubnet subnet)
{
    protected static StandInUser Anna { get; } = new(101, "Anna");

    protected static StandInUser Boris { get; } = new(102, "Boris");

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected DiscordSubnet Subnet => subnet;

    protected DiscordServer Discord => subnet.Discord;

    /// <summary>Sends an interaction over HTTP; it is answered within the 3 seconds.</summary>
    protected async Task<OpenInteraction> SendAsync(OpenInteraction interaction)
    {
        InteractionReply reply = await Discord.Sender.SendAsync(subnet.Interactions, interaction, Ct);
        Assert.Equal((200, ""), (reply.Status, reply.Faults));
        return interaction;
    }

    /// <summary>Sends a command into a new channel.</summary>
    protected Task<OpenInteraction> CommandAsync(StandInUser user, string name, params (string, object)[] options) =>
        SendAsync(Discord.Make.Command(user, Discord.World.AddChannel(), name, options));

    /// <summary>Asks for a picture and waits for the message that shows it.</summary>
    protected async Task<StandInMessage> PaintAsync(StandInUser user, string prompt, int count = 1)
    {
        OpenInteraction asked = await CommandAsync(user, "imagine", ("prompt", prompt), ("count", count), ("steps", 4));
        return await DeliveredAsync(asked);
    }

    /// <summary>Waits until the first answer shows pictures and buttons of the end.</summary>
    protected static async Task<StandInMessage> DeliveredAsync(OpenInteraction asked)
    {
        await Eventually.TrueAsync(() => Task.FromResult(asked.Original is { Files.Count: > 0 } message && message.Controls.Any(control => (string?)control["label"] == "Again")));
        return asked.Original!;
    }

    /// <summary>Waits until a message says something.</summary>
    protected static Task SaysAsync(Func<StandInMessage?> message, string words) =>
        Eventually.TrueAsync(() => Task.FromResult(message() is { } said && said.Text.Contains(words, StringComparison.Ordinal)));

    /// <summary>Presses a button by its label.</summary>
    protected Task<OpenInteraction> PressAsync(StandInUser user, StandInMessage message, string label) =>
        SendAsync(Discord.Make.Press(user, message, (string)message.Button(label)["custom_id"]!));

    /// <summary>Nothing was sent that Discord does not allow, and nobody was pinged.</summary>
    protected void NothingForbidden()
    {
        Assert.True(Discord.Faults.IsEmpty, string.Join("\n", Discord.Faults));
        Assert.All(
            Discord.Journal.Where(entry => entry.Call.Json is { } json && json.ValueKind == System.Text.Json.JsonValueKind.Object && json.TryGetProperty("components", out _)),
            entry => Assert.Equal("""{"parse":[]}""", entry.Call.Json!.Value.GetProperty("allowed_mentions").GetRawText()));
    }
}
