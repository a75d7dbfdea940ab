using Niche.Bots.Commands;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;

namespace Niche.Bots.Tests.Rig;

/// <summary>A platform that writes down what it is told, and fails when the test says so.</summary>
public sealed class PaperPlatform : IChatPlatform
{
    private readonly Lock _lock = new();
    private int _next;

    public string Name => "paper";

    public PlatformLimits Limits { get; set; } = new()
    {
        MaxText = 4000, MaxCaption = 1000, MaxPictureBytes = 10 * 1024 * 1024, MaxRows = 5, MaxButtonsPerRow = 5, EditEvery = TimeSpan.FromSeconds(1),
        EditEveryInGroup = TimeSpan.FromSeconds(3), Forms = true, PrivateMessages = true, Albums = false, MessageCommands = true,
    };

    /// <summary>What stands there now, by message.</summary>
    public Dictionary<string, View> Messages { get; } = [];

    /// <summary>The event id that each message answers first, in the order of sending.</summary>
    public List<(string Channel, string Message, View View)> Sent { get; } = [];

    public int Edits { get; private set; }

    /// <summary>What the next calls throw, one each.</summary>
    public Queue<Exception> Troubles { get; } = new();

    /// <summary>What an edit waits for.</summary>
    public Func<View, CancellationToken, Task>? BeforeEdit { get; set; }

    /// <summary>What the next edits throw, one each.</summary>
    public Queue<Exception> FailEdits { get; } = new();

    /// <summary>What people were sent alone.</summary>
    public List<(string User, View View)> Direct { get; } = [];

    /// <summary>What the next messages to people alone throw, one each.</summary>
    public Queue<Exception> FailDirect { get; } = new();

    public Dictionary<string, byte[]> Files { get; } = [];

    public View Last => Sent[^1].View;

    public Task<MessageRef> SendAsync(Place place, View view, bool isFirst, CancellationToken ct)
    {
        lock (_lock)
        {
            Fail();
            string message = $"m{++_next}";
            Messages[message] = view;
            Sent.Add((place.Channel, message, view));
            return Task.FromResult(new MessageRef(Name, place.Channel, message));
        }
    }

    public async Task<MessageRef> EditAsync(MessageRef message, View view, CancellationToken ct)
    {
        if (BeforeEdit is { } before) await before(view, ct);
        lock (_lock)
        {
            Fail();
            if (FailEdits.TryDequeue(out Exception? trouble)) throw trouble;
            if (!Messages.ContainsKey(message.Message)) throw new PlatformException(PlatformFault.Gone, "no such message");
            Messages[message.Message] = view;
            Edits++;
            return message;
        }
    }

    public Task<MessageRef> SendDirectAsync(string userId, View view, string key, CancellationToken ct)
    {
        lock (_lock)
        {
            if (FailDirect.TryDequeue(out Exception? trouble)) throw trouble;
            Direct.Add((userId, view));
            return Task.FromResult(new MessageRef(Name, "alone-" + userId, $"m{++_next}"));
        }
    }

    public Task DeleteAsync(MessageRef message, CancellationToken ct)
    {
        lock (_lock) Messages.Remove(message.Message);
        return Task.CompletedTask;
    }

    public Task ShowBusyAsync(Place place, bool picture, CancellationToken ct) => Task.CompletedTask;

    public ILiveText? OpenLiveText(Place place) => null;

    public Task<ReadOnlyMemory<byte>> DownloadAsync(Attachment attachment, int maxBytes, CancellationToken ct) =>
        Files.TryGetValue(attachment.Reference, out byte[]? file)
            ? file.Length <= maxBytes ? Task.FromResult<ReadOnlyMemory<byte>>(file) : throw new PlatformException(PlatformFault.TooLarge, "too large")
            : throw new PlatformException(PlatformFault.Gone, "no such file");

    public Task<bool> ManagesAsync(Place place, string userId, CancellationToken ct) => Task.FromResult(userId == "manager");

    public Task RegisterAsync(CommandBook commands, CancellationToken ct) => Task.CompletedTask;

    private void Fail()
    {
        if (Troubles.TryDequeue(out Exception? trouble)) throw trouble;
    }
}
