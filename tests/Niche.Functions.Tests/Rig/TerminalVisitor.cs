using System.Text.Json.Nodes;
using Niche.Subnet.Jobs;

namespace Niche.Functions.Tests.Rig;

/// <summary>A person at a terminal, over HTTP, as <c>niche chat</c> does it.</summary>
public sealed class TerminalVisitor(HttpClient http, string session)
{
    private string? _after;
    private int _said;

    public TerminalVisitor(HttpClient http)
        : this(http, TimeOrderedId.Create(TimeProvider.System.GetUtcNow()))
    {
    }

    public string Session => session;

    /// <summary>Says something and waits for the next new message.</summary>
    public Task<JsonNode> SayAsync(string line) => DoAsync(new JsonObject { ["text"] = line });

    /// <summary>Presses a button, or chooses from the list, of a message.</summary>
    public Task<JsonNode> PressAsync(JsonNode message, string label)
    {
        JsonNode view = message["view"]!;
        IEnumerable<JsonNode?> all = [.. view["buttons"]!.AsArray().SelectMany(row => row!.AsArray()), .. view["menu"]?["entries"]?.AsArray() ?? []];
        string id = (string)all.First(button => ((string)button!["label"]!).StartsWith(label, StringComparison.Ordinal))!["id"]!;
        return DoAsync(new JsonObject { ["button"] = id, ["message"] = (string)message["message"]! });
    }

    /// <summary>Makes an API key with the buttons of /link.</summary>
    public async Task<string> KeyAsync()
    {
        JsonNode shown = await PressAsync(await SayAsync("/link"), "Make me");
        return TextOf(shown).Split('\n').Single(line => line.StartsWith("niche_", StringComparison.Ordinal));
    }

    /// <summary>A code of /link.</summary>
    public async Task<string> CodeAsync() => TextOf(await SayAsync("/link")).Split("/link ")[1][..11];

    /// <summary>What a message says.</summary>
    public static string TextOf(JsonNode message) => string.Concat(message["view"]!["body"]!["spans"]!.AsArray().Select(span => (string)span!["text"]!));

    private async Task<JsonNode> DoAsync(JsonObject saying)
    {
        saying["id"] = $"e{++_said}";
        (HttpResponseMessage response, _) = await http.PostAsync($"/bots/terminal/{session}", saying.ToJsonString());
        Assert.Equal(202, (int)response.StatusCode);
        while (true)
        {
            JsonNode page = await http.GetJsonAsync($"/bots/terminal/{session}?after={_after}");
            foreach (JsonNode? news in page["news"]!.AsArray())
            {
                _after = (string)news!["row"]!;
                if ((string)news["kind"]! == "sent") return news;
            }
        }
    }
}
