using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Niche.Bots.Discord.Interactions;
using Niche.DiscordStandIn.World;
using Niche.Functions.Tests.Rig;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Functions.Tests.Discord;

/// <summary>Interactions that end in the middle, with the signature of the whole and with one of their own: refused, and nothing of them is done.</summary>
public sealed class TruncationTests(DiscordSubnet subnet) : DiscordTalk(subnet), IClassFixture<DiscordSubnet>
{
    private const int Cuts = 40;

    [Fact]
    public async Task A_truncated_interaction_is_refused_and_leaves_nothing_behind()
    {
        OpenInteraction command = Discord.Make.Command(Anna, Discord.World.AddChannel(), "imagine", ("prompt", "a house"), ("count", 1), ("steps", 4));
        StandInMessage painted = await PaintAsync(Boris, "a boat");
        OpenInteraction press = Discord.Make.Press(Boris, painted, (string)painted.Button("Delete")["custom_id"]!);
        foreach (OpenInteraction interaction in (OpenInteraction[])[command, press])
        {
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(interaction.Payload);
            for (int i = 0; i <= Cuts; i++)
            {
                int length = Math.Min(body.Length - 1, body.Length * i / Cuts);
                Assert.Equal(401, await PostAsync(body, length, signedWhole: true));
                Assert.Equal(400, await PostAsync(body, length, signedWhole: false));
            }
        }

        // Whatever had been put on the queue would be before this one.
        OpenInteraction help = await CommandAsync(Boris, "help");
        await SaysAsync(() => help.Original, "What I can do");
        string[] refused = [Id(command), Id(press)];
        await foreach (TableRow row in Subnet.Subnet.Services.GetRequiredService<ITableStore>().QueryAllAsync(BotNames.Events, Ct)) Assert.DoesNotContain(row.Row, refused);
        Assert.False(painted.IsDeleted);
        // Whole, the same interactions are taken: nothing of them was used up.
        await DeliveredAsync(await SendAsync(command));
        await SendAsync(press);
        await Eventually.TrueAsync(() => Task.FromResult(painted.IsDeleted));
        NothingForbidden();
    }

    private static string Id(OpenInteraction interaction) => (string)interaction.Payload["id"]!;

    private async Task<int> PostAsync(byte[] body, int length, bool signedWhole)
    {
        string timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using HttpRequestMessage request = new(HttpMethod.Post, Subnet.Interactions);
        request.Content = new ByteArrayContent(body, 0, length);
        request.Headers.Add(InteractionVerifier.SignatureHeader, Discord.Sender.Sign(timestamp, signedWhole ? body : body.AsSpan(0, length)));
        request.Headers.Add(InteractionVerifier.TimestampHeader, timestamp);
        using HttpResponseMessage response = await Subnet.Subnet.Http.SendAsync(request, Ct);
        return (int)response.StatusCode;
    }
}
