using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Niche.EndToEnd.Tests.Rig;

namespace Niche.EndToEnd.Tests.Roles;

/// <summary>A validator that is killed while somebody waits for pictures in a chat.</summary>
[Collection(ProcessCollection.Name)]
public sealed class BotCrashTests
{
    private const int Conversations = 5;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_loses_pictures_and_nobody_is_answered_twice()
    {
        await using RoleSubnet subnet = await RoleSubnet.StartAsync(miners: 1);
        BoxProgram functions = await subnet.StartFunctionsAsync();
        string[] sessions = [.. Enumerable.Range(0, Conversations).Select(i => $"06h16bcaj4g39106vch4cc3r8{i}")];
        foreach (string session in sessions)
        {
            using HttpResponseMessage said = await subnet.Http.PostAsJsonAsync(
                new Uri(subnet.Api, $"bots/terminal/{session}"), new { id = "1", text = "/imagine a red house in the mountains --count 2 --steps 50" }, Ct);
            said.EnsureSuccessStatusCode();
        }

        await functions.KillAsync();
        await subnet.StartFunctionsAsync();
        foreach (string session in sessions)
        {
            JsonNode[] news = [];
            await Until.TrueAsync(
                async () => (news = await NewsAsync(subnet, session)).Any(HasPictures), () => $"No picture came to {session}, but:\n{string.Join<JsonNode>('\n', news)}");
            Assert.Single(news, one => (string?)one["kind"] == "sent");
            Assert.Single(news.Select(one => (string?)one["message"]).Distinct());
        }
    }

    private static async Task<JsonNode[]> NewsAsync(RoleSubnet subnet, string session)
    {
        JsonNode page = (await subnet.Http.GetFromJsonAsync<JsonNode>(new Uri(subnet.Api, $"bots/terminal/{session}?now=1"), Ct))!;
        return [.. page["news"]!.AsArray().Select(one => one!)];
    }

    // The last view, not a preview: nothing to cancel any more.
    private static bool HasPictures(JsonNode news) =>
        news["view"] is { } view && view["pictures"]!.AsArray().Count > 0 && view["buttons"]!.AsArray().SelectMany(row => row!.AsArray()).Any(button => (string?)button!["label"] == "U1");
}
