namespace Niche.Bots.Telegram;

/// <summary>Settings of the section <c>Telegram</c>. Without <see cref="Token"/> there is no Telegram bot.</summary>
public sealed class TelegramOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Telegram";

    /// <summary>Token of the bot, as BotFather gave it. A secret.</summary>
    public string Token { get; set; } = "";

    /// <summary>Address of the Bot API.</summary>
    public Uri ApiBase { get; set; } = new("https://api.telegram.org");

    /// <summary>What Telegram sends with every update to the webhook: 1 to 256 of A-Z, a-z, 0-9, _ and -. A secret; without it the webhook takes nothing.</summary>
    public string WebhookSecret { get; set; } = "";

    /// <summary>Address of the webhook as Telegram reaches it; set, it is registered with the commands. Null leaves the registration to the operator.</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>Polling takes the webhook away when one is set. Off, because it silences whoever answers there.</summary>
    public bool RemoveWebhook { get; set; }

    /// <summary>
    /// Id of a chat of the operator's where pictures for inline messages are uploaded and at once deleted: inline messages only take what is on Telegram's
    /// servers already. Without it inline mode offers the private chat instead.
    /// </summary>
    public long? UploadChat { get; set; }
}
