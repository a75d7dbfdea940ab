using System.Text.Json.Nodes;

namespace Niche.TelegramStandIn.World;

/// <summary>A private chat, group or supergroup. What it shows is a copy: safe to look at while the bot writes.</summary>
public sealed class StandInChat
{
    private readonly StandInWorld _world;
    private readonly SortedDictionary<int, StandInMessage> _messages = [];
    private int _lastId;

    internal StandInChat(StandInWorld world, long id, string type, string? title, StandInPerson? person)
    {
        _world = world;
        Id = id;
        Type = type;
        Title = title;
        Person = person;
    }

    /// <summary>Id; negative for groups.</summary>
    public long Id { get; }

    /// <summary><c>private</c>, <c>group</c> or <c>supergroup</c>.</summary>
    public string Type { get; }

    /// <summary>Title of a group.</summary>
    public string? Title { get; }

    /// <summary>The other side of a private chat.</summary>
    public StandInPerson? Person { get; }

    /// <summary>Who may change the settings of a group.</summary>
    public ISet<long> Administrators { get; } = new HashSet<long>();

    /// <summary>Why the bot may not write here, in the server's words; null when it may.</summary>
    public string? Closed { get; private set; }

    /// <summary>The supergroup that this group became.</summary>
    public StandInChat? MigratedTo { get; private set; }

    /// <summary>The last draft that the bot shows, and how many it has shown.</summary>
    public (string Text, int Count) Draft { get; internal set; } = ("", 0);

    /// <summary>How often the bot has shown that it is at work.</summary>
    public int Actions { get; internal set; }

    /// <summary>All messages in order.</summary>
    public IReadOnlyList<StandInMessage> Messages => _world.Look(() => (IReadOnlyList<StandInMessage>)[.. _messages.Values]);

    /// <summary>The bot's messages in order.</summary>
    public IReadOnlyList<StandInMessage> FromBot => [.. Messages.Where(message => message.FromBot)];

    /// <summary>Waits until a message of the bot is as wanted.</summary>
    public Task<StandInMessage> UntilAsync(Func<StandInMessage, bool> wanted, CancellationToken ct) =>
        _world.UntilAsync(() => _messages.Values.FirstOrDefault(message => message.FromBot && wanted(message)), ct);

    /// <summary>Waits until the chat is as wanted.</summary>
    public Task<IReadOnlyList<StandInMessage>> UntilAllAsync(Func<IReadOnlyList<StandInMessage>, bool> wanted, CancellationToken ct) =>
        _world.UntilAsync(() => _messages.Values.Where(message => message.FromBot).ToList() is var all && wanted(all) ? (IReadOnlyList<StandInMessage>)all : null, ct);

    /// <summary>The bot is thrown out, or a person blocks it: it is told, and may not write any more.</summary>
    public void Close(StandInPerson by) => _world.Change(() =>
    {
        Closed = Type == "private" ? "bot was blocked by the user" : $"bot was kicked from the {Type} chat";
        _world.Member(this, by, "member", "kicked");
    });

    /// <summary>The group becomes a supergroup: its id changes.</summary>
    public StandInChat Migrate() => _world.Change(() =>
    {
        MigratedTo = _world.AddChat("supergroup", Title, null);
        _world.Feed.Add("message", _world.Service(this, new JsonObject { ["migrate_to_chat_id"] = MigratedTo.Id }).Json);
        _world.Feed.Add("message", _world.Service(MigratedTo, new JsonObject { ["migrate_from_chat_id"] = Id }).Json);
        return MigratedTo;
    });

    /// <summary>Somebody else than the bot has written here: only then may the bot write to a person.</summary>
    internal bool HasSpoken => _messages.Values.Any(message => !message.FromBot);

    internal JsonObject Json()
    {
        JsonObject chat = new() { ["id"] = Id, ["type"] = Type };
        if (Title is not null) chat["title"] = Title;
        if (Person is not null) chat["first_name"] = Person.Name;
        return chat;
    }

    internal StandInMessage? Find(long? id) => id is { } number ? _messages.GetValueOrDefault((int)number) : null;

    internal StandInMessage? Find(Func<StandInMessage, bool> wanted) => _messages.Values.FirstOrDefault(wanted);

    internal StandInMessage Put(JsonObject json)
    {
        int id = ++_lastId;
        json["message_id"] = id;
        return _messages[id] = new StandInMessage(this, id, json);
    }

    internal StandInMessage Replace(StandInMessage message, JsonObject json) => _messages[message.Id] = message with { Json = json };

    internal bool Remove(int id) => _messages.Remove(id);
}
