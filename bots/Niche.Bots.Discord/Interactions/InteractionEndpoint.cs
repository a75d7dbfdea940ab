using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Niche.Storage;

namespace Niche.Bots.Discord.Interactions;

/// <summary>The HTTP address of interactions, free of any web framework: signature first, then everything else.</summary>
public sealed class InteractionEndpoint(InteractionVerifier verifier, InteractionReception reception, ILogger<InteractionEndpoint> log)
{
    private static readonly InteractionReply NotSigned = new(401, default);

    /// <summary>Answers a request.</summary>
    /// <param name="signature">The header <see cref="InteractionVerifier.SignatureHeader"/>.</param>
    /// <param name="timestamp">The header <see cref="InteractionVerifier.TimestampHeader"/>.</param>
    /// <param name="body">The raw body, read up to <see cref="InteractionReader.MaxBytes"/> and one more.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>200 with the callback; 202 when there is nothing to say; 401, 400, 413 for what Discord did not send; 503 when the event could not be kept.</returns>
    public async Task<InteractionReply> AnswerAsync(string? signature, string? timestamp, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        if (body.Length > InteractionReader.MaxBytes) return new InteractionReply(413, default);
        if (verifier.Verify(signature, timestamp, body.Span) is var verdict and not SignatureVerdict.Genuine)
        {
            log.LogInformation("Refused a request to the Discord address: {Verdict}", verdict);
            return NotSigned;
        }

        try
        {
            JsonObject? callback = await reception.TakeAsync(InteractionReader.Read(body), ct).ConfigureAwait(false);
            return callback is null ? new InteractionReply(202, default) : new InteractionReply(200, JsonSerializer.SerializeToUtf8Bytes(callback));
        }
        catch (DiscordFormatException e)
        {
            log.LogWarning("Discord signed an interaction that does not fit: {Reason}", e.Message);
            return new InteractionReply(400, default);
        }
        catch (StorageException e)
        {
            log.LogError("An interaction could not be kept: {Reason}", e.Message);
            return new InteractionReply(503, default);
        }
    }
}
