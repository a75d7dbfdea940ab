using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Niche.DiscordStandIn;
using Niche.DiscordStandIn.Interactions;
using Niche.DiscordStandIn.World;
using Niche.Subnet.Jobs;
using Niche.TelegramStandIn;
using Niche.TelegramStandIn.Description;
using Niche.TelegramStandIn.Flood;
using Niche.TelegramStandIn.World;
using Telegram.Bot;

namespace Niche.Benchmarks.Doors;

/// <summary>Discord, Telegram and terminals in front of a subnet. The servers keep the limits of the true ones and refuse what these would refuse.</summary>
internal sealed class ChatDoors : IAsyncDisposable
{
    private const string Secret = "benchmark", Wish = "a red house";
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource _over = new();
    private readonly List<Task> _listening = [];
    private ulong _people = 1000;

    private ChatDoors(DiscordServer discord, TelegramServer telegram) => (Discord, Telegram) = (discord, telegram);

    public DiscordServer Discord { get; }

    public TelegramServer Telegram { get; }

    /// <summary>Settings of functions that are to be the bot of these servers.</summary>
    public IReadOnlyList<string> Settings =>
    [
        "--Discord:Token", Discord.Token, "--Discord:PublicKey", Discord.Sender.PublicKey, "--Discord:ApiBase", Discord.ApiBase.AbsoluteUri,
        "--Telegram:Token", Telegram.Token, "--Telegram:ApiBase", Telegram.Url.ToString(), "--Telegram:WebhookSecret", Secret,
        "--Bots:Terminal", "true", "--Schedules:BotUpkeep", "0 0 0 1 1 *", "--Validator:MaxWaitingUnits", "100000",
    ];

    public static async Task<ChatDoors> StartAsync() => new(
        await DiscordServer.StartAsync(new Niche.DiscordStandIn.StandInOptions()).ConfigureAwait(false),
        await TelegramServer.StartAsync(new Niche.TelegramStandIn.StandInOptions(new FloodLimits(), TimeProvider.System, ApiDescription.Find())).ConfigureAwait(false));

    /// <summary>Tells Telegram where the functions are.</summary>
    public async Task ConnectAsync(Uri functions, CancellationToken ct)
    {
        TelegramBotClient client = new(new TelegramBotClientOptions(Telegram.Token, Telegram.Url.ToString().TrimEnd('/')) { RetryCount = 0 });
        await client.SetWebhook(new Uri(functions, "bots/telegram").ToString(), secretToken: Secret, cancellationToken: ct).ConfigureAwait(false);
    }

    /// <summary>Somebody new asks in a channel of Discord.</summary>
    public async Task<Conversation> AskDiscordAsync(Uri functions, CancellationToken ct)
    {
        StandInUser person = new(++_people, "Person");
        StandInChannel channel = Discord.World.AddChannel();
        OpenInteraction asked = Discord.Make.Command(person, channel, "imagine", ("prompt", Wish), ("count", 1));
        Conversation conversation = new("Discord", () => (
            asked.Original is { IsLoading: false } message ? message.Text : null,
            Discord.World.Messages.Values.Count(message => message.Channel == channel.Id && message.Files.Count > 0)));
        InteractionReply reply = await Discord.Sender.SendAsync(new Uri(functions, "bots/discord"), asked, ct).ConfigureAwait(false);
        return reply.IsTaken ? conversation : throw new InvalidOperationException($"{reply.Status} {reply.Faults}");
    }

    /// <summary>Somebody new asks in a private chat of Telegram.</summary>
    public Conversation AskTelegram()
    {
        StandInPerson person = Telegram.World.Person("Person", "en");
        person.Says($"/imagine {Wish} --count 1");
        return new Conversation("Telegram", () =>
        {
            IReadOnlyList<Niche.TelegramStandIn.World.StandInMessage> said = person.Chat.FromBot;
            return (said.Count == 0 ? null : said[^1].Text, said.Count(message => message.FileId is not null));
        });
    }

    /// <summary>Several people ask at once in a new group of Telegram: each finds the place in whatever message names the wish.</summary>
    public IReadOnlyList<Conversation> AskGroup(int people)
    {
        StandInChat group = Telegram.World.Group("Painters");
        return [.. Enumerable.Range(1, people).Select(i =>
        {
            string wish = $"{Wish} of painter {i}";
            int asked = Telegram.World.Person("Person", "en").Says($"/imagine {wish} --count 1", group).Id;
            return new Conversation("Telegram, group of " + people.ToString(CultureInfo.InvariantCulture), () =>
            {
                IReadOnlyList<Niche.TelegramStandIn.World.StandInMessage> said = group.FromBot;
                return (TextAbout(wish, said), said.Count(message => message.FileId is not null && message.ReplyTo == asked));
            });
        })];
    }

    /// <summary>Somebody new asks in a terminal.</summary>
    public async Task<Conversation> AskTerminalAsync(Uri functions, CancellationToken ct)
    {
        Uri session = new(functions, "bots/terminal/" + TimeOrderedId.Create(TimeProvider.System.GetUtcNow()));
        (string? Text, int Pictures) seen = (null, 0);
        Conversation conversation = new("terminal", () => seen);
        using HttpResponseMessage said = await _http.PostAsJsonAsync(session, new { id = "1", text = $"/imagine {Wish} --count 1" }, ct).ConfigureAwait(false);
        said.EnsureSuccessStatusCode();
        _listening.Add(ListenAsync(session, view => seen = view));
        return conversation;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_listening).ConfigureAwait(false);
        _http.Dispose();
        _over.Dispose();
        await Telegram.DisposeAsync().ConfigureAwait(false);
        await Discord.DisposeAsync().ConfigureAwait(false);
    }

    // The line of a list that names the wish, or the message that is about it alone.
    private static string? TextAbout(string wish, IReadOnlyList<Niche.TelegramStandIn.World.StandInMessage> said)
    {
        string? text = said.LastOrDefault(message => message.Text.Contains(wish, StringComparison.Ordinal))?.Text;
        string? line = text?.Split('\n').FirstOrDefault(line => line.Contains(wish + ": ", StringComparison.Ordinal));
        return line is null ? text : line.Replace(" · ", " Expected in ", StringComparison.Ordinal);
    }

    private static string TextOf(JsonNode view) => string.Join('\n', view["fields"]!.AsArray().Select(field =>
        $"{(string?)field!["name"]} {string.Concat(field["value"]!["spans"]!.AsArray().Select(span => (string?)span!["text"]))}"));

    private async Task ListenAsync(Uri session, Action<(string? Text, int Pictures)> show)
    {
        string after = "";
        while (!_over.IsCancellationRequested)
        {
            try
            {
                JsonNode page = (await _http.GetFromJsonAsync<JsonNode>(new Uri(session + after), _over.Token).ConfigureAwait(false))!;
                foreach (JsonNode? news in page["news"]!.AsArray())
                {
                    after = string.Create(CultureInfo.InvariantCulture, $"?after={(string)news!["row"]!}");
                    if (news["view"] is { } view) show((TextOf(view), view["pictures"]!.AsArray().Count));
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // The functions are gone for a moment, or the benchmark is over.
                await Task.Delay(50, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
