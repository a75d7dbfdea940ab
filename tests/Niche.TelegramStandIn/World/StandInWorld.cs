using System.Globalization;
using System.Text.Json.Nodes;
using Niche.TelegramStandIn.Files;
using Niche.TelegramStandIn.Updates;

namespace Niche.TelegramStandIn.World;

/// <summary>People, chats and files. One lock over all of it: what a test sees is never half of a change.</summary>
public sealed class StandInWorld
{
    // Assumed: the documentation only says that an answer may come too late.
    internal static readonly TimeSpan PressLimit = TimeSpan.FromSeconds(15), InlineLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Dictionary<long, StandInChat> _chats = [];
    private readonly Dictionary<string, StandInQuery> _queries = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastPerson = 1000, _lastGroup = 2000, _lastQuery = 500_000;

    internal StandInWorld(TimeProvider time, UpdateFeed feed)
    {
        _time = time;
        Feed = feed;
        Elsewhere = new StandInChat(this, 0, "private", null, null);
    }

    /// <summary>Files of the server.</summary>
    public FileShelf Files { get; } = new();

    /// <summary>The bot's user.</summary>
    public JsonObject Bot { get; } = new()
    {
        ["id"] = 42, ["is_bot"] = true, ["first_name"] = "Niche", ["username"] = "niche_test_bot", ["can_join_groups"] = true, ["can_read_all_group_messages"] = true,
        ["supports_inline_queries"] = true, ["can_connect_to_business"] = false, ["has_main_web_app"] = false,
    };

    /// <summary>Messages that inline results became, in chats that the bot cannot see.</summary>
    public StandInChat Elsewhere { get; }

    internal UpdateFeed Feed { get; }

    /// <summary>Somebody new, with a private chat.</summary>
    public StandInPerson Person(string name, string? language = "en") => Change(() =>
    {
        StandInPerson person = new(this, ++_lastPerson, name, language);
        person.Chat = _chats[person.Id] = new StandInChat(this, person.Id, "private", null, person);
        return person;
    });

    /// <summary>A new group with the bot in it.</summary>
    public StandInChat Group(string title, string type = "supergroup") => Change(() => AddChat(type, title, null));

    internal StandInChat AddChat(string type, string? title, StandInPerson? person)
    {
        long id = type == "supergroup" ? -1_000_000_000_000 - ++_lastGroup : -++_lastGroup;
        return _chats[id] = new StandInChat(this, id, type, title, person);
    }

    internal StandInChat? Chat(long? id) => id is { } number ? _chats.GetValueOrDefault(number) : null;

    internal StandInPerson? PersonOf(long? id) => Chat(id)?.Person;

    internal StandInQuery? Query(string? id) => id is null ? null : _queries.GetValueOrDefault(id);

    internal StandInQuery Ask(TimeSpan limit)
    {
        string id = (++_lastQuery).ToString(CultureInfo.InvariantCulture);
        return _queries[id] = new StandInQuery(id, _time.GetUtcNow(), limit);
    }

    internal string NextInlineId() => $"INLINE-{++_lastQuery}";

    internal long Now() => _time.GetUtcNow().ToUnixTimeSeconds();

    internal StandInMessage Service(StandInChat chat, JsonObject content)
    {
        JsonObject json = new() { ["chat"] = chat.Json(), ["date"] = Now() };
        foreach ((string name, JsonNode? value) in content) json[name] = value!.DeepClone();
        return chat.Put(json);
    }

    internal void Member(StandInChat chat, StandInPerson by, string before, string after)
    {
        JsonObject Standing(string status)
        {
            JsonObject member = new() { ["status"] = status, ["user"] = PublicBot() };
            if (status == "kicked") member["until_date"] = 0;
            return member;
        }

        Feed.Add("my_chat_member", new JsonObject
        {
            ["chat"] = chat.Json(), ["from"] = by.Json(), ["date"] = Now(), ["old_chat_member"] = Standing(before), ["new_chat_member"] = Standing(after),
        });
    }

    internal JsonObject PublicBot() => new() { ["id"] = 42, ["is_bot"] = true, ["first_name"] = "Niche", ["username"] = (string)Bot["username"]! };

    internal static JsonObject WithoutReply(JsonObject message)
    {
        JsonObject copy = message.DeepClone().AsObject();
        copy.Remove("reply_to_message");
        return copy;
    }

    internal static JsonObject Document(StoredFile file)
    {
        JsonObject document = new() { ["file_id"] = file.Id, ["file_unique_id"] = file.UniqueId, ["file_size"] = file.Size };
        if (file.Name.Length > 0) document["file_name"] = file.Name;
        if (file.ContentType.Length > 0) document["mime_type"] = file.ContentType;
        return document;
    }

    internal T Look<T>(Func<T> look)
    {
        lock (_gate) return look();
    }

    internal void Change(Action change) => Change(() =>
    {
        change();
        return true;
    });

    internal T Change<T>(Func<T> change)
    {
        lock (_gate)
        {
            T result = change();
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return result;
        }
    }

    /// <summary>Waits until a look finds something; two minutes of the real clock without is a defect of what is tested.</summary>
    internal async Task<T> UntilAsync<T>(Func<T?> look, CancellationToken ct)
        where T : class
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (look() is { } found) return found;
                changed = _changed.Task;
            }

            await changed.WaitAsync(limit.Token).ConfigureAwait(false);
        }
    }
}
