using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Niche.Bots.Terminal.Client;
using Niche.Functions.Tests.Rig;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Functions.Tests.Bots;

/// <summary>The bots through a terminal, with the real validator, a real miner and real pictures behind them.</summary>
public sealed class TerminalTests(SharedSubnet shared)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_paints_chooses_verifies_describes_and_chats()
    {
        await using SmallSubnet subnet = await SmallSubnet.StartAsync(shared.Endpoint.Address, withMiner: true, "Bots:Terminal=true");
        await subnet.WhenReadyAsync();
        string folder = Directory.CreateTempSubdirectory("niche-terminal-").FullName;
        using TypedLines keyboard = new();
        await using StringWriter screen = new();
        TextWriter seen = TextWriter.Synchronized(screen);
        using HttpClient http = new();
        ChatOptions options = new(subnet.Url, TimeOrderedId.Create(TimeProvider.System.GetUtcNow()), folder, Color: true, "de_de");
        Task<int> chat = new TerminalChat(http, options, keyboard, seen, TimeProvider.System).RunAsync(Ct);

        keyboard.Type($"/imagine {Talk.Prompt} --count 2 --steps 4 --seed 7");
        await SaysAsync(" U1");
        Assert.Contains("Wird gemalt", Seen(), StringComparison.Ordinal);
        keyboard.Type("1");
        await SaysAsync("Byte für Byte");
        await SaysAsync("-1.png");
        string file = Assert.Single(Directory.GetFiles(folder, "*-1.png"));
        string id = Path.GetFileName(file)[6..32];
        Blob blob = (await subnet.Services.GetRequiredService<IBlobStore>().GetAsync(WorkNames.Images, $"{id}/0.png", Ct))!;
        Assert.Equal(blob.Content.ToArray(), await File.ReadAllBytesAsync(file, Ct));

        keyboard.Type($"/verify @{file}");
        await SaysAsync("vom Validator signiert");
        keyboard.Type($"/vary @{file}");
        await SaysAsync($"Aus \u001b[36m{id}");
        string huge = Path.Combine(folder, "huge.png");
        await File.WriteAllBytesAsync(huge, new byte[50_000_000], Ct);
        keyboard.Type($"/imagine a house @{huge}");
        await SaysAsync("huge.png is too large");
        keyboard.Type("/imagine a house @missing.png");
        await SaysAsync("There is no file missing.png");
        keyboard.Type($"/describe @{file}");
        await SaysAsync("/imagine.");
        Assert.Contains("lighthouse", Seen(), StringComparison.Ordinal);
        keyboard.Type($"/verify @{Directory.GetFiles(folder, $"niche-{id}.png").Single()}");
        await SaysAsync("nie geliefert");
        keyboard.Type("/chat a red house");
        await SaysAsync("│ a red house");
        keyboard.Type("/quit");
        Assert.Equal(0, await chat);
        Directory.Delete(folder, true);

        string Seen()
        {
            lock (seen) return screen.ToString();
        }

        Task SaysAsync(string text) => Eventually.TrueAsync(() => Task.FromResult(Seen().Contains(text, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/imagine a red house", "Nobody who paints with niche-scenes is online")]
    [InlineData("/chat a red house", "No miner was free")]
    public async Task Without_a_miner_it_says_so_at_once_and_what_is_possible(string line, string answer)
    {
        await using SmallSubnet subnet = await SmallSubnet.StartAsync(shared.Endpoint.Address, withMiner: false, "Bots:Terminal=true");
        Uri session = new(subnet.Url, "bots/terminal/" + TimeOrderedId.Create(TimeProvider.System.GetUtcNow()));
        using HttpResponseMessage said = await subnet.Http.PostAsJsonAsync(session, new { id = "1", text = line }, Ct);
        Assert.Equal(HttpStatusCode.Accepted, said.StatusCode);
        string seen = "";
        await Eventually.TrueAsync(async () =>
        {
            JsonNode page = (await subnet.Http.GetFromJsonAsync<JsonNode>(new Uri(session + "?now=1"), Ct))!;
            seen = string.Concat(page["news"]!.AsArray().SelectMany(news => news!["view"]!["body"]!["spans"]!.AsArray()).Select(span => (string?)span!["text"]));
            return seen.Contains(answer, StringComparison.Ordinal);
        });
        Assert.Contains("/miners", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_setting_there_is_no_terminal()
    {
        string session = TimeOrderedId.Create(TimeProvider.System.GetUtcNow());
        using HttpResponseMessage answer = await shared.Http.GetAsync(new Uri($"/bots/terminal/{session}?now=1", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/bots/discord")]
    [InlineData("/bots/telegram")]
    public async Task Without_a_token_a_chat_door_is_closed(string path)
    {
        using StringContent nothing = new("{}");
        using HttpResponseMessage answer = await shared.Http.PostAsync(new Uri(path, UriKind.Relative), nothing, Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
