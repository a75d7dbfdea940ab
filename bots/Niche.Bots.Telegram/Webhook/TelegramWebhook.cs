using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Niche.Bots.Telegram.Incoming;
using Telegram.Bot.Types;

namespace Niche.Bots.Telegram.Webhook;

/// <summary>
/// Takes updates that Telegram posts. Who does not know the secret is told nothing else, before the body is read. An update that cannot be read will
/// not become readable: it is accepted and dropped, or Telegram would send it for a day.
/// </summary>
public sealed partial class TelegramWebhook(UpdateHandler handler, IOptions<TelegramOptions> options, ILogger<TelegramWebhook> log)
{
    /// <summary>Header with the secret.</summary>
    public const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    private readonly byte[]? _secret = options.Value.WebhookSecret is { Length: > 0 } secret ? Digest(secret) : null;

    /// <summary>Handles a request.</summary>
    /// <returns>The status to answer with: 200, 401 (wrong secret), 404 (no webhook here), 413, or 503 to get the update again.</returns>
    public async Task<int> ReceiveAsync(HttpRequest request, CancellationToken ct)
    {
        if (_secret is null) return StatusCodes.Status404NotFound;
        string given = request.Headers[SecretHeader].ToString();
        // Digests have one length: neither content nor length of the secret shows in the time.
        if (!CryptographicOperations.FixedTimeEquals(Digest(given), _secret)) return StatusCodes.Status401Unauthorized;
        if (request.ContentLength > UpdateReader.MaxBytes) return StatusCodes.Status413PayloadTooLarge;
        if (await ReadAsync(request.BodyReader, ct).ConfigureAwait(false) is not { } body) return StatusCodes.Status413PayloadTooLarge;
        if (UpdateReader.Read(body) is not { } update)
        {
            Unreadable(body.Length);
            return StatusCodes.Status200OK;
        }

        return await HandleAsync(update, ct).ConfigureAwait(false);
    }

    private async Task<int> HandleAsync(Update update, CancellationToken ct)
    {
        try
        {
            await handler.HandleAsync(update, ct).ConfigureAwait(false);
            return StatusCodes.Status200OK;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotTaken(update.Id, e);
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    private static async Task<byte[]?> ReadAsync(PipeReader reader, CancellationToken ct)
    {
        while (true)
        {
            ReadResult read = await reader.ReadAsync(ct).ConfigureAwait(false);
            bool over = read.Buffer.Length > UpdateReader.MaxBytes;
            if (over || read.IsCompleted)
            {
                byte[]? body = over ? null : read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    [LoggerMessage(LogLevel.Warning, "An update of {Bytes} bytes could not be read and was dropped")]
    private partial void Unreadable(int bytes);

    [LoggerMessage(LogLevel.Error, "Update {Id} could not be taken in; Telegram will send it again")]
    private partial void NotTaken(int id, Exception failure);
}
