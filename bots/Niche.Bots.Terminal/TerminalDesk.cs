using System.Globalization;
using Microsoft.Extensions.Options;
using Niche.Bots.Configuration;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Terminal;

/// <summary>The transport of the terminal: turns what was typed into events, keeps files that were sent, hands out news.</summary>
public sealed class TerminalDesk(IBotDesk desk, TerminalStore store, IBlobStore blobs, IOptions<BotOptions> options, TimeProvider time)
{
    /// <summary>Largest file of a person, bytes.</summary>
    public const int MaxFileBytes = 12 * 1024 * 1024;

    internal const string FilePrefix = "terminal/";
    private const int MaxFiles = 4, MaxName = 64, MaxTextCharacters = 20_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20), Between = TimeSpan.FromMilliseconds(100);

    /// <summary>True when terminal chat is on and the session could be one.</summary>
    public bool Knows(string session) => options.Value.Terminal && TimeOrderedId.IsValid(session);

    /// <summary>Takes what a person did; false when it makes no sense.</summary>
    public async Task<bool> ReceiveAsync(string session, TerminalSaying saying, CancellationToken ct)
    {
        if (saying.Id is not { } id || !IsName(id) || saying.Text is { Length: > MaxTextCharacters }) return false;
        if (EventOf(session, session + "-" + id, saying) is not { } happened) return false;
        await desk.ReceiveAsync(happened, ct).ConfigureAwait(false);
        return true;
    }

    /// <summary>News after a row.</summary>
    /// <param name="session">The session.</param>
    /// <param name="after">The row; null for all.</param>
    /// <param name="wait">Wait up to twenty seconds for some.</param>
    /// <param name="ct">Stops.</param>
    public async Task<IReadOnlyList<TerminalNews>> ListenAsync(string session, string? after, bool wait, CancellationToken ct)
    {
        string? row = TimeOrderedId.IsValid(after) ? after : null;
        long start = time.GetTimestamp();
        while (true)
        {
            IReadOnlyList<TerminalNews> news = await store.ReadAsync(session, row, ct).ConfigureAwait(false);
            if (news.Count > 0 || !wait || time.GetElapsedTime(start) > Longest) return news;
            await Task.Delay(Between, time, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps a file; false when it is too large or its name is no name.</summary>
    public async Task<bool> StoreAsync(string session, string name, Stream body, CancellationToken ct)
    {
        if (!IsName(name)) return false;
        byte[] buffer = new byte[81_920];
        using MemoryStream file = new();
        int read;
        while ((read = await body.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0)
        {
            if (file.Length + read > MaxFileBytes) return false;
            file.Write(buffer, 0, read);
        }

        await blobs.PutAsync(BotNames.Pictures, NameOf(session, name), file.ToArray(), "application/octet-stream", ct).ConfigureAwait(false);
        return true;
    }

    /// <summary>A picture of a message: only what the session was sent can be fetched.</summary>
    public async Task<Blob?> FetchAsync(string session, string row, string index, CancellationToken ct)
    {
        if (!TimeOrderedId.IsValid(row) || await store.GetAsync(session, row, ct).ConfigureAwait(false) is not { View: { } view }) return null;
        bool there = int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int i) && i < view.Pictures.Count;
        return there ? await blobs.GetAsync(view.Pictures[i].Container, view.Pictures[i].Name, ct).ConfigureAwait(false) : null;
    }

    private BotEvent? EventOf(string session, string id, TerminalSaying saying)
    {
        BotUser user = new(session, "you", saying.Locale, ManagesChannel: true);
        Place place = new() { Platform = TerminalPlatform.PlatformName, Channel = session };
        DateTimeOffset now = time.GetUtcNow();
        string? message = saying.Message is { } said && IsName(said) ? said : null;
        if (saying.Button is { } button)
        {
            return message is null ? null : new ButtonEvent
            {
                Id = id, User = user, Place = place, At = now, ButtonId = button, Message = new MessageRef(TerminalPlatform.PlatformName, session, message),
            };
        }

        if (saying.Text is not { } text) return null;
        Attachment[] files = [.. (saying.Files ?? []).Where(IsName).Take(MaxFiles).Select(name => new Attachment(NameOf(session, name), name))];
        QuotedMessage? quoted = message is null ? null : new QuotedMessage(message, true, "", []);
        if (text.StartsWith('/') && text[1..].TrimStart() is { Length: > 0 } command)
        {
            int space = command.AsSpan().IndexOfAny(' ', '\n', '\t');
            return new CommandEvent
            {
                Id = id, User = user, Place = place, At = now, Name = space < 0 ? command : command[..space], Text = space < 0 ? "" : command[space..].Trim(),
                Attachments = files, Quoted = quoted,
            };
        }

        return new TextEvent { Id = id, User = user, Place = place, At = now, Text = text, Attachments = files, Quoted = quoted };
    }

    private static string NameOf(string session, string name) => $"{FilePrefix}{session}/{name}";

    private static bool IsName(string? name) => name is { Length: > 0 and <= MaxName } && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
