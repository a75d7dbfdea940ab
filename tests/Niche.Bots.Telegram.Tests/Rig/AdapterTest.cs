using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Niche.Bots.Commands;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Incoming;
using Niche.Bots.Telegram.Polling;
using Niche.Storage;
using Niche.Storage.Embedded;
using Niche.TelegramStandIn;
using Niche.TelegramStandIn.Flood;
using Niche.TelegramStandIn.World;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Niche.Bots.Telegram.Tests.Rig;

/// <summary>The adapter, wired as in the product, with the server and its limits, real storage, and a desk that remembers.</summary>
public abstract class AdapterTest : StandInTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("niche-telegram-").FullName;
    private EmbeddedStorage _storage = null!;
    private ServiceProvider _services = null!;

    private protected SkippingTime Time { get; } = new();

    private protected RecordingDesk Desk { get; } = new();

    protected override StandInOptions Options => new(new FloodLimits(), Time, Description);

    protected IServiceProvider Services => _services;

    protected IStorage Storage => _storage;

    protected IChatPlatform Platform => Services.GetRequiredService<IChatPlatform>();

    /// <summary>Somebody who has spoken to the bot.</summary>
    protected StandInPerson Alice { get; private set; } = null!;

    protected virtual IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Alice = Server.World.Person("Alice", "de");
        Alice.Says("/start");
        _storage = EmbeddedStorage.Open(new EmbeddedOptions(_folder), TimeProvider.System);
        Start();
    }

    public override async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _storage.DisposeAsync();
        Directory.Delete(_folder, true);
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The process dies and another one begins: only what is stored remains.</summary>
    protected async Task RestartAsync()
    {
        await _services.DisposeAsync();
        Start();
    }

    /// <summary>Takes in all that waits, once each, as a poll does.</summary>
    protected async Task<IReadOnlyList<BotEvent>> ReceiveAllAsync()
    {
        int before = Desk.Events.Count;
        Update[] updates = await Client.GetUpdates(cancellationToken: Ct);
        foreach (Update update in updates) await Services.GetRequiredService<UpdateHandler>().HandleAsync(update, Ct);
        if (updates.Length > 0) await Client.GetUpdates(updates[^1].Id + 1, cancellationToken: Ct);
        return [.. Desk.Events.Skip(before)];
    }

    /// <summary>A picture in the store.</summary>
    protected async Task<Picture> PictureAsync(string name, byte shade = 128, bool spoiler = false, bool asFile = false, byte[]? content = null)
    {
        await Storage.Blobs.PutAsync("images", name, content ?? TestPictures.Png(16, 16, shade), "image/png", Ct);
        return new Picture("images", name, Path.GetFileName(name), "a house", spoiler, asFile);
    }

    protected static Place PlaceOf(StandInChat chat, StandInMessage? replyTo = null) => new()
    {
        Platform = "telegram", Channel = $"{chat.Id}", Kind = chat.Type == "private" ? ChannelKind.Private : ChannelKind.Group, ReplyTo = replyTo is null ? null : $"{replyTo.Id}",
    };

    protected UpdatePoller Poller() => (UpdatePoller)Services.GetServices<IHostedService>().Single(service => service is UpdatePoller);

    private void Start()
    {
        Dictionary<string, string?> settings = new(Settings) { ["Telegram:Token"] = Server.Token, ["Telegram:ApiBase"] = Server.Url.ToString() };
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(Time);
        services.AddLogging(logging => logging.ClearProviders());
        services.AddSingleton<IStorage>(_storage);
        services.AddSingleton(_storage.Queues).AddSingleton(_storage.Blobs).AddSingleton(_storage.Tables);
        services.AddSingleton<IBotDesk>(Desk);
        services.AddSingleton(SmallBook.All);
        services.AddTelegramBot(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddTelegramPolling();
        _services = services.BuildServiceProvider();
    }
}
