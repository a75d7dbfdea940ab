using System.Collections.Concurrent;

namespace Niche.DiscordStandIn.World;

/// <summary>Channels, people, messages, files and interactions.</summary>
/// <param name="time">The clock.</param>
public sealed class StandInWorld(TimeProvider time)
{
    private const long Epoch = 1_420_070_400_000;

    private int _count;

    /// <summary>The app.</summary>
    public ulong Application { get; } = 1_200_000_000_000_000_001;

    /// <summary>Channels by id.</summary>
    public ConcurrentDictionary<ulong, StandInChannel> Channels { get; } = new();

    /// <summary>Private chats that the app opened, by person.</summary>
    public ConcurrentDictionary<ulong, StandInChannel> Privates { get; } = new();

    /// <summary>Messages by id.</summary>
    public ConcurrentDictionary<ulong, StandInMessage> Messages { get; } = new();

    /// <summary>Interactions by token.</summary>
    public ConcurrentDictionary<string, OpenInteraction> Interactions { get; } = new(StringComparer.Ordinal);

    /// <summary>Files by id.</summary>
    public ConcurrentDictionary<ulong, StandInFile> Files { get; } = new();

    /// <summary>Messages by the nonce they came with.</summary>
    public ConcurrentDictionary<string, StandInMessage> Nonces { get; } = new(StringComparer.Ordinal);

    /// <summary>Base of the content servers' addresses.</summary>
    public string FileBase { get; set; } = "";

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>The next id; it holds the time, as Discord's do.</summary>
    public ulong NextId() => ((ulong)(time.GetUtcNow().ToUnixTimeMilliseconds() - Epoch) << 22) | ((ulong)Interlocked.Increment(ref _count) & 0x3fffff);

    /// <summary>Opens a channel of a server.</summary>
    public StandInChannel AddChannel(bool isNsfw = false, StandInChannel? parent = null) => Add(new StandInChannel
    {
        Id = NextId(), Guild = parent?.Guild ?? NextId(), Type = parent is null ? 0 : 11, Parent = parent?.Id, IsNsfw = isNsfw,
    });

    /// <summary>Opens a private chat.</summary>
    public StandInChannel AddPrivate() => Add(new StandInChannel { Id = NextId(), Type = 1 });

    /// <summary>The private chat of the app and a person, the same each time.</summary>
    public StandInChannel PrivateWith(ulong user) => Privates.GetOrAdd(user, _ => AddPrivate());

    /// <summary>Lays a file on the content servers.</summary>
    public StandInFile AddFile(string name, string contentType, byte[] content)
    {
        ulong id = NextId();
        // The name stands in the address as Discord writes it: without what an address may not hold.
        string plain = new([.. name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')]);
        return Files[id] = new StandInFile(id, name, contentType, content, $"{FileBase}attachments/1/{id}/{(plain.Length == 0 ? "file" : plain)}?ex=0&is=0&hm=0");
    }

    private StandInChannel Add(StandInChannel channel) => Channels[channel.Id] = channel;
}
