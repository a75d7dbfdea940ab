using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Bots.Telegram.Webhook;
using Niche.Functions.Api;
using Niche.Subnet.Errors;

namespace Niche.Functions;

/// <summary>Where Telegram sends updates. Answers 404 unless Telegram:Token and Telegram:WebhookSecret are set.</summary>
public sealed class TelegramFunctions(IEnumerable<TelegramWebhook> webhooks)
{
    [Function("TelegramUpdates")]
    public async Task<IActionResult> Update(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "bots/telegram")] HttpRequest request, CancellationToken ct) =>
        webhooks.SingleOrDefault() is { } webhook
            ? new StatusCodeResult(await webhook.ReceiveAsync(request, ct))
            : Problem.From(request, ErrorCatalogue.Create(ErrorCodes.NotFound, "There is no Telegram bot here; the settings Telegram:Token and Telegram:WebhookSecret make one."));
}
