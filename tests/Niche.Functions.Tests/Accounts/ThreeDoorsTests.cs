using System.Text.Json.Nodes;
using Niche.DiscordStandIn;
using Niche.DiscordStandIn.World;
using Niche.Functions.Tests.Rig;
using Niche.TelegramStandIn;
using Niche.TelegramStandIn.Flood;
using TelegramMessage = Niche.TelegramStandIn.World.StandInMessage;
using TelegramPerson = Niche.TelegramStandIn.World.StandInPerson;

namespace Niche.Functions.Tests.Accounts;

/// <summary>One person on Discord, on Telegram and with a program, each by its own wire: one account, one history, one quota.</summary>
public sealed class ThreeDoorsTests(SharedSubnet shared) : IAsyncLifetime
{
    private static readonly StandInUser Anna = new(101, "Anna");
    private DiscordServer _discord = null!;
    private TelegramServer _telegram = null!;
    private SmallSubnet _subnet = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _discord = await DiscordServer.StartAsync();
        _telegram = await TelegramServer.StartAsync(Niche.TelegramStandIn.StandInOptions.Default with { Limits = FloodLimits.None });
        _subnet = await SmallSubnet.StartAsync(
            shared.Endpoint.Address, true, $"Discord:Token={_discord.Token}", $"Discord:ApiBase={_discord.ApiBase}", $"Telegram:Token={_telegram.Token}",
            $"Telegram:ApiBase={_telegram.Url}", "Bots:Connect=true", "Bots:PicturesPerHour=3", "Schedules:BotUpkeep=0 0 0 1 1 *");
        await _subnet.WhenReadyAsync();
        await _discord.Gateway.NextAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _subnet.DisposeAsync();
        await _telegram.DisposeAsync();
        await _discord.DisposeAsync();
    }

    [Fact]
    public async Task All_three_are_one_account()
    {
        TelegramPerson alice = _telegram.World.Person("Alice", "de");
        OpenInteraction painted = await AskAsync("imagine", "Again", ("prompt", "a red house"), ("steps", 2), ("count", 1));
        Assert.Single(painted.Original!.Files);
        alice.Says("/imagine a blue boat --steps 2 --count 1");
        await alice.Chat.UntilAsync(message => message.Buttons.Any(button => button.Text.Contains("Merken", StringComparison.Ordinal)), Ct);

        // The key from Telegram, the code from Discord, joined over the API.
        alice.Says("/link");
        TelegramMessage offer = await alice.Chat.UntilAsync(message => message.Text.Contains("/link ", StringComparison.Ordinal), Ct);
        alice.Presses(offer, offer.Buttons[0].Text);
        string shown = (await alice.Chat.UntilAsync(message => message.Text.Contains("niche_", StringComparison.Ordinal), Ct)).Text;
        KeyedClient api = new(_subnet.Http, shown.Split('\n').Single(line => line.StartsWith("niche_", StringComparison.Ordinal)));
        string code = (await AskAsync("link", "/link ")).Original!.Text.Split("/link ")[1][..11];
        (HttpResponseMessage response, JsonNode? joined) = await api.SendAsync(HttpMethod.Post, "/v1/link", $$"""{"code":"{{code}}"}""");
        Assert.True(response.IsSuccessStatusCode, joined?.ToJsonString());
        await api.PaintAsync("a green castle");

        Assert.Equal(["api: a green castle", "telegram: a blue boat", "discord: a red house"], await api.HistoryAsync());
        string discord = (await AskAsync("history", "Your pictures")).Original!.Text;
        alice.Says("/history");
        string telegram = (await alice.Chat.UntilAsync(message => message.Text.Contains("Deine Bilder", StringComparison.Ordinal), Ct)).Text;
        Assert.All(["a green castle", "a blue boat", "a red house"], prompt => Assert.All([discord, telegram], page => Assert.Contains(prompt, page, StringComparison.Ordinal)));

        // Three pictures an hour, whoever painted them.
        Assert.Equal(429, (int)(await api.OrderAsync("one more")).Response.StatusCode);
        await AskAsync("imagine", "used up 3", ("prompt", "one more"), ("count", 1));
        Assert.True(_discord.Faults.IsEmpty, string.Join("\n", _discord.Faults));
        Assert.True(_telegram.Faults.IsEmpty, string.Join("\n", _telegram.Faults));
    }

    private async Task<OpenInteraction> AskAsync(string command, string until, params (string, object)[] options)
    {
        OpenInteraction asked = _discord.Make.Command(Anna, _discord.World.AddChannel(), command, options);
        await _discord.Gateway.DispatchAsync(asked);
        await Eventually.TrueAsync(() => Task.FromResult(asked.Original is { IsLoading: false } message
            && (message.Text.Contains(until, StringComparison.Ordinal) || message.Controls.Any(control => (string?)control["label"] == until))));
        return asked;
    }
}
