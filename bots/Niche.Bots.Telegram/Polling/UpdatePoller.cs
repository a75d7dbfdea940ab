using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Niche.Bots.Telegram.Incoming;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace Niche.Bots.Telegram.Polling;

/// <summary>
/// Fetches updates by long polling, for hosts without a public address. The offset moves on only over what the desk has taken in, so a process that dies
/// loses nothing; what it took in and did not confirm comes again under the same id.
/// </summary>
public sealed partial class UpdatePoller(
    ITelegramBotClient client, UpdateHandler handler, OffsetStore offsets, IOptions<TelegramOptions> options, TimeProvider time, ILogger<UpdatePoller> log)
    : BackgroundService
{
    private const int PollSeconds = 50, Batch = 100, AtOnce = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan pause = FirstPause;
        bool begun = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!begun && options.Value.RemoveWebhook) await client.DeleteWebhook(false, stoppingToken).ConfigureAwait(false);
                begun = true;
                await PollAsync(stoppingToken).ConfigureAwait(false);
                pause = FirstPause;
                continue;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (ApiRequestException e) when (e.ErrorCode == 409)
            {
                Conflict();
            }
            catch (Exception e)
            {
                // Storage or network away: nothing is lost, the same updates come again.
                Paused(pause, e);
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task PollAsync(CancellationToken ct)
    {
        int? offset = await offsets.ReadAsync(ct).ConfigureAwait(false);
        Update[] updates = await client.GetUpdates(offset, Batch, PollSeconds, UpdateTranslator.Kinds, ct).ConfigureAwait(false);
        if (updates.Length == 0) return;
        // Chats side by side, the updates of one chat in order.
        await Parallel.ForEachAsync(updates.GroupBy(ChatOf), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (chat, token) =>
        {
            foreach (Update update in chat) await handler.HandleAsync(update, token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        await offsets.WriteAsync(updates.Max(update => update.Id) + 1, ct).ConfigureAwait(false);
    }

    private static long ChatOf(Update update) =>
        update.Message?.Chat.Id ?? update.CallbackQuery?.Message?.Chat.Id ?? update.CallbackQuery?.From.Id ?? update.InlineQuery?.From.Id ?? 0;

    [LoggerMessage(LogLevel.Error, "Somebody else fetches this bot's updates: another process, or a webhook is set. Stop the other, or set Telegram:RemoveWebhook to true.")]
    private partial void Conflict();

    [LoggerMessage(LogLevel.Warning, "Polling pauses for {Pause}")]
    private partial void Paused(TimeSpan pause, Exception failure);
}
