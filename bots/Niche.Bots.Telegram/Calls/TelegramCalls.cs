using Niche.Bots.Platforms;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace Niche.Bots.Telegram.Calls;

/// <summary>Every call to the Bot API goes through here: in its turn, with a deadline, to where the chat is now; failures become <see cref="PlatformException"/>.</summary>
public sealed class TelegramCalls(ITelegramBotClient client, ChatPacer pacer, ChatMoves moves, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Sends or edits messages in a chat.</summary>
    /// <param name="chat">The chat as the core knows it.</param>
    /// <param name="messages">Messages that the call makes.</param>
    /// <param name="call">The call; made again, from the beginning, when the chat turns out to have moved.</param>
    /// <param name="ct">Stops.</param>
    /// <param name="isProgress">It only shows how something goes on: in a group it leaves room for answers.</param>
    public async Task<T> WriteAsync<T>(
        long chat, int messages, Func<ITelegramBotClient, long, CancellationToken, Task<T>> call, CancellationToken ct, bool isProgress = false)
    {
        long current = await moves.CurrentOfAsync(chat, ct).ConfigureAwait(false);
        try
        {
            return await WriteHereAsync(current, messages, call, isProgress, ct).ConfigureAwait(false);
        }
        catch (PlatformException e) when (e.InnerException is ApiRequestException { Parameters.MigrateToChatId: { } moved })
        {
            await moves.RememberAsync(chat, moved, ct).ConfigureAwait(false);
            return await WriteHereAsync(moved, messages, call, isProgress, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes messages; the ones that are gone already are passed over.</summary>
    public Task DeleteAsync(long chat, IReadOnlyList<int> messages, CancellationToken ct) =>
        SayAsync(chat, (bot, current, token) => bot.DeleteMessages(current, messages, token), ct);

    /// <summary>Asks something about a chat.</summary>
    public async Task<T> AskAsync<T>(long chat, Func<ITelegramBotClient, long, CancellationToken, Task<T>> call, CancellationToken ct)
    {
        long current = await moves.CurrentOfAsync(chat, ct).ConfigureAwait(false);
        return await AskAsync((bot, token) => call(bot, current, token), ct).ConfigureAwait(false);
    }

    /// <summary>Says something to a chat that is no message.</summary>
    public async Task SayAsync(long chat, Func<ITelegramBotClient, long, CancellationToken, Task> call, CancellationToken ct)
    {
        long current = await moves.CurrentOfAsync(chat, ct).ConfigureAwait(false);
        await AskAsync((bot, token) => call(bot, current, token), ct).ConfigureAwait(false);
    }

    /// <summary>A call that concerns no chat.</summary>
    public async Task<T> AskAsync<T>(Func<ITelegramBotClient, CancellationToken, Task<T>> call, CancellationToken ct)
    {
        using CancellationTokenSource deadline = new(Deadline, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return await call(client, both.Token).ConfigureAwait(false);
        }
        catch (RequestException e)
        {
            ct.ThrowIfCancellationRequested();
            throw Faults.From(e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new PlatformException(PlatformFault.Unavailable, "The connection to Telegram broke.", null, e);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new PlatformException(PlatformFault.Unavailable, "Telegram did not answer in time.", null, e);
        }
    }

    /// <summary>The same without a result.</summary>
    public Task AskAsync(Func<ITelegramBotClient, CancellationToken, Task> call, CancellationToken ct) => AskAsync(
        async (bot, token) =>
        {
            await call(bot, token).ConfigureAwait(false);
            return true;
        },
        ct);

    private async Task<T> WriteHereAsync<T>(
        long chat, int messages, Func<ITelegramBotClient, long, CancellationToken, Task<T>> call, bool isProgress, CancellationToken ct)
    {
        await pacer.WaitAsync(chat, messages, ct, isProgress).ConfigureAwait(false);
        try
        {
            return await AskAsync((bot, token) => call(bot, chat, token), ct).ConfigureAwait(false);
        }
        catch (PlatformException e) when (e is { Fault: PlatformFault.Busy, RetryAfter: { } rest })
        {
            pacer.Close(chat, rest);
            throw;
        }
    }
}
