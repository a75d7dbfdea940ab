using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Niche.Bots.Accounts;
using Niche.Bots.Handling;
using Niche.Bots.Incoming;
using Niche.Bots.Moderation;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Ports;
using Niche.Storage;
using Niche.Storage.Embedded;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;
using SkiaSharp;

namespace Niche.Bots.Tests.Rig;

/// <summary>The core on real storage, with queues that the test empties by hand and processes that it can end.</summary>
public sealed class Parlor : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("niche-bots-").FullName;
    private readonly EmbeddedStorage _storage;
    private readonly Dictionary<string, string?> _settings;
    private readonly SubnetPolicy _policy;
    private ServiceProvider _services = null!;
    private int _events;

    public Parlor(params string[] settings)
        : this(DefaultPolicy.Load(), settings)
    {
    }

    public Parlor(SubnetPolicy policy, params string[] settings)
    {
        _policy = policy;
        _storage = EmbeddedStorage.Open(new EmbeddedOptions(_folder, Durability.Normal), Time);
        _settings = settings.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
        Start();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    public PaperPlatform Paper { get; } = new();

    /// <summary>What moderators say of pictures.</summary>
    public PaperModerator Moderator { get; } = new();

    public Validator Validator => _services.GetRequiredService<Validator>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Ends the process, whatever it was doing, and starts another one on the same storage.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        Start();
    }

    public BotUser User(string id, string? locale = null) => new(id, id, locale);

    public Place Place(string channel = "c1", ChannelKind kind = ChannelKind.Group) => new() { Platform = Paper.Name, Channel = channel, Kind = kind };

    public CommandEvent Command(string user, string name, string text = "", string? locale = null, string channel = "c1") => new()
    {
        Id = $"e{++_events}", User = User(user, locale), Place = Place(channel), At = Time.GetUtcNow(), Name = name, Text = text,
    };

    public ButtonEvent Press(string user, string buttonId, string message, string? locale = null, string channel = "c1") => new()
    {
        Id = $"e{++_events}", User = User(user, locale), Place = Place(channel), At = Time.GetUtcNow(), ButtonId = buttonId,
        Message = new MessageRef(Paper.Name, channel, message),
    };

    /// <summary>Something happens and is answered.</summary>
    public async Task<Acknowledgement> DoAsync(BotEvent happened)
    {
        // No two things happen in the same millisecond.
        Time.Advance(TimeSpan.FromMilliseconds(5));
        Acknowledgement answer = await Get<IBotDesk>().ReceiveAsync(happened, Ct);
        await PumpAsync();
        return answer;
    }

    public Task<Acknowledgement> SayAsync(string user, string name, string text = "", string? locale = null) => DoAsync(Command(user, name, text, locale));

    /// <summary>Handles what is visible on the queue of events.</summary>
    public async Task PumpAsync()
    {
        while (await _storage.Queues.ReceiveAsync(BotNames.Updates, 32, TimeSpan.FromMinutes(5), Ct) is { Count: > 0 } items)
        {
            foreach (QueueItem item in items)
            {
                TimeSpan? later = await Get<UpdateHandler>().RunAsync(item.Body, Ct);
                if (later is { } delay) await _storage.Queues.PutAsync(BotNames.Updates, item.Body, delay, null, Ct);
                await _storage.Queues.DeleteAsync(BotNames.Updates, item.Id, item.PopReceipt, Ct);
            }
        }
    }

    /// <summary>Lets time pass and looks after open orders, as the clock would.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        await PumpAsync();
        while (await _storage.Queues.ReceiveAsync(BotNames.Progress, 32, TimeSpan.FromMinutes(5), Ct) is { Count: > 0 } items)
        {
            foreach (QueueItem item in items)
            {
                OrderMark mark = JsonSerializer.Deserialize<OrderMark>(item.Body, JsonSerializerOptions.Web)!;
                if (await Get<ProgressHandler>().RunAsync(mark, Ct) is { } later) await _storage.Queues.PutAsync(BotNames.Progress, item.Body, later, null, Ct);
                await _storage.Queues.DeleteAsync(BotNames.Progress, item.Id, item.PopReceipt, Ct);
            }
        }
    }

    public Task<Account> AccountAsync(string user) => Get<AccountStore>().OfAsync(Paper.Name, user, Ct);

    /// <summary>Orders that a person finds in their history, newest first.</summary>
    public async Task<string[]> HistoryAsync(string user)
    {
        List<string> orders = [];
        await foreach (Order order in Get<OrderStore>().HistoryAsync(await AccountAsync(user), Ct)) orders.Add(order.Prompt);
        return [.. orders];
    }

    /// <summary>The same by id.</summary>
    public async Task<string[]> HistoryIdsAsync(string user)
    {
        List<string> orders = [];
        await foreach (Order order in Get<OrderStore>().HistoryAsync(await AccountAsync(user), Ct)) orders.Add(order.JobId);
        return [.. orders];
    }

    /// <summary>A code for a person's account.</summary>
    public async Task<string> CodeAsync(string user)
    {
        await SayAsync(user, "link");
        return Paper.Last.Body.ToString().Split("/link ")[1][..11];
    }

    /// <summary>Joins two people.</summary>
    public async Task LinkAsync(string one, string other) => await SayAsync(other, "link", await CodeAsync(one));

    /// <summary>Presses a button of the last message.</summary>
    public Task<Acknowledgement> PressLastAsync(string user, string label) => DoAsync(Press(user, Button(Paper.Sent[^1].Message, label), Paper.Sent[^1].Message));

    public async Task<Order> NewestAsync(string user)
    {
        await foreach (Order order in Get<OrderStore>().HistoryAsync(await AccountAsync(user), Ct)) return order;
        throw new InvalidOperationException("There is no order.");
    }

    /// <summary>Paints some of the pictures of a job, and tells the door.</summary>
    public async Task PaintAsync(string jobId, int count = 4)
    {
        JobSnapshot job = (await Get<JobStore>().GetAsync(jobId, Ct))!;
        foreach (JobUnit unit in job.Units.Where(unit => !unit.IsFinal).Take(count))
        {
            UnitClaim claim = (await Get<JobStore>().ClaimAsync(jobId, unit.Index, "painter", true, TimeSpan.FromMinutes(1), Ct))!;
            await _storage.Blobs.PutAsync(WorkNames.Images, $"{jobId}/{unit.Index}.png", Picture(unit.Index), "image/png", Ct);
            UnitResult result = new(job.Job.Request.Seeds[unit.Index], TimeOrderedId.Derive(jobId, unit.Index), 1, "miner", $"{unit.Index}.png");
            await Get<JobStore>().FinishAsync(claim.Unit, JobStatus.Succeeded, result, null, Ct);
            await Get<OrderBoard>().ShowAsync(jobId, Ct);
        }
    }

    /// <summary>The id of a button on a message, by the beginning of its label.</summary>
    public string Button(string message, string label) => Paper.Messages[message].Buttons.SelectMany(row => row).First(button => button.Label.StartsWith(label, StringComparison.Ordinal)).Id;

    public static byte[] Picture(int index)
    {
        using SKBitmap bitmap = new(128, 128);
        bitmap.Erase(new SKColor((byte)(60 * index), 80, 200));
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _storage.DisposeAsync();
        Directory.Delete(_folder, true);
    }

    private void Start()
    {
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(_settings).Build());
        services.AddSingleton<TimeProvider>(Time).AddLogging(logging => logging.ClearProviders())
            .AddSingleton(_storage.Queues).AddSingleton(_storage.Blobs).AddSingleton(_storage.Tables)
            .AddSingleton(_policy).AddSingleton(new JobLimits(100_000)).AddSingleton<JobStore>().AddSingleton<JobService>()
            .AddSingleton<Validator>().AddSingleton<IPainting>(p => p.GetRequiredService<Validator>()).AddSingleton<INetworkFacts>(p => p.GetRequiredService<Validator>())
            .AddSingleton<IWriting>(p => p.GetRequiredService<Validator>()).AddSingleton<IReceiptBook>(p => p.GetRequiredService<Validator>())
            .AddSingleton<IDescribing>(p => p.GetRequiredService<Validator>())
            .AddBots().AddSingleton<IModerator>(Moderator).AddSingleton<IChatPlatform>(Paper);
        _services = services.BuildServiceProvider();
    }
}
