using System.Text.Json.Nodes;
using Niche.DiscordStandIn.World;
using Niche.Functions.Tests.Accounts;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Discord;

/// <summary>A person on Discord and a program: one account.</summary>
public sealed class LinkConversationTests(DiscordSubnet subnet) : DiscordTalk(subnet), IClassFixture<DiscordSubnet>
{
    [Fact]
    public async Task A_key_that_Discord_shows_to_its_owner_alone_makes_a_program_the_same_account()
    {
        StandInUser carla = new(201, "Carla"), dora = new(202, "Dora");
        KeyedClient api = await KeyAsync(carla);
        await api.PaintAsync("a red windmill");
        StandInMessage history = await AnswerAsync(await CommandAsync(carla, "history"), "a red windmill");
        Assert.True(history.IsEphemeral);
        // Chosen from the list it is shown to nobody else: it was never ordered before others.
        JsonObject list = history.Controls.Single(control => (int)control["type"]! == 3);
        OpenInteraction chosen = await SendAsync(Discord.Make.Press(carla, history, (string)list["custom_id"]!, (string)list["options"]![0]!["value"]!));
        await Eventually.TrueAsync(() => Task.FromResult(chosen.Original is { IsLoading: false, Files.Count: 1 }));
        Assert.True(chosen.Original!.IsEphemeral);
        // Others learn nothing of it, whatever they know.
        string id = (string)(await api.SendAsync(HttpMethod.Get, "/v1/history")).Body!["data"]![0]!["id"]!;
        await AnswerAsync(await CommandAsync(dora, "show", ("id", id)), "no such picture of yours");
        await AnswerAsync(await CommandAsync(dora, "cancel", ("id", id)), "no such picture of yours");
        NothingForbidden();
    }

    [Fact]
    public async Task Codes_join_Discord_and_a_program_both_ways_and_parting_leaves_each_its_own()
    {
        StandInUser emil = new(203, "Emil"), fritz = new(204, "Fritz");
        KeyedClient api = await KeyAsync(emil);
        await PaintAsync(emil, "a house of Emil");
        await PaintAsync(fritz, "a house of Fritz");
        StandInMessage offer = await AnswerAsync(await CommandAsync(fritz, "link"), "/link ");
        Assert.True(offer.IsEphemeral);
        string code = offer.Text.Split("/link ")[1][..11];
        (HttpResponseMessage response, JsonNode? joined) = await api.SendAsync(HttpMethod.Post, "/v1/link", $$"""{"code":"{{code}}"}""");
        Assert.True(response.IsSuccessStatusCode, joined?.ToJsonString());
        Assert.Equal(["discord: a house of Fritz", "discord: a house of Emil"], await api.HistoryAsync());
        await AnswerAsync(await CommandAsync(fritz, "history"), "a house of Emil");
        OpenInteraction left = await PressAsync(fritz, await AnswerAsync(await CommandAsync(fritz, "link"), "/link "), "Unlink this platform");
        await AnswerAsync(left, "on its own again");
        Assert.Equal(["discord: a house of Emil"], await api.HistoryAsync());

        (_, JsonNode? fresh) = await api.SendAsync(HttpMethod.Post, "/v1/link", "{}");
        await AnswerAsync(await CommandAsync(fritz, "link", ("code", (string)fresh!["code"]!)), "Done");
        Assert.Equal(2, (await api.HistoryAsync()).Length);
        NothingForbidden();
    }

    private async Task<KeyedClient> KeyAsync(StandInUser user)
    {
        StandInMessage offer = await AnswerAsync(await CommandAsync(user, "link"), "/link ");
        StandInMessage shown = await AnswerAsync(await PressAsync(user, offer, "Make me an API key"), "niche_");
        Assert.True(shown.IsEphemeral);
        string key = System.Text.RegularExpressions.Regex.Match(shown.Text, "niche_[0-9a-f]{16}_[0-9a-f]{64}").Value;
        return new KeyedClient(Subnet.Subnet.Http, key);
    }

    private static async Task<StandInMessage> AnswerAsync(OpenInteraction asked, string words)
    {
        await SaysAsync(() => asked.Original, words);
        return asked.Original!;
    }
}
