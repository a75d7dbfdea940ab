using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Bots.Discord.Interactions;
using Niche.Functions.Api;
using Niche.Functions.Api.Bots;
using Niche.Subnet.Errors;

namespace Niche.Functions;

/// <summary>Where Discord sends interactions. Answers 404 unless Discord:Token and Discord:PublicKey are set.</summary>
public sealed class DiscordFunctions(IEnumerable<InteractionEndpoint> endpoints)
{
    [Function("DiscordInteractions")]
    public async Task<IActionResult> Interact(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "bots/discord")] HttpRequest request, CancellationToken ct)
    {
        if (endpoints.SingleOrDefault() is not { } endpoint)
            return Problem.From(request, ErrorCatalogue.Create(ErrorCodes.NotFound, "There is no Discord bot here; the settings Discord:Token and Discord:PublicKey make one."));
        // The bytes that were signed, and one more than are taken: the endpoint sees that it is too many.
        ReadOnlyMemory<byte> body = await RawBody.ReadAsync(request, InteractionReader.MaxBytes + 1, ct);
        InteractionReply reply = await endpoint.AnswerAsync(
            request.Headers[InteractionVerifier.SignatureHeader], request.Headers[InteractionVerifier.TimestampHeader], body, ct);
        return reply.Json.IsEmpty
            ? new StatusCodeResult(reply.Status)
            : new FileContentResult(reply.Json.ToArray(), "application/json");
    }
}
