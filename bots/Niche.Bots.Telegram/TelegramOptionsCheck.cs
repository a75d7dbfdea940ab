using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Niche.Bots.Telegram;

/// <summary>Names every impossible setting at once, before anything starts. Says nothing of what a secret is.</summary>
public sealed partial class TelegramOptionsCheck : IValidateOptions<TelegramOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TelegramOptions options)
    {
        List<string> faults = [];
        if (!BotToken().IsMatch(options.Token)) faults.Add("Telegram:Token must be the number, a colon and the key, as BotFather gave it.");
        if (options.ApiBase.Scheme != Uri.UriSchemeHttps && !options.ApiBase.IsLoopback) faults.Add("Telegram:ApiBase must be an https address.");
        if (options.WebhookSecret.Length > 0 && !Secret().IsMatch(options.WebhookSecret))
            faults.Add("Telegram:WebhookSecret must have 1 to 256 characters out of A-Z, a-z, 0-9, _ and -.");
        if (options.WebhookUrl is { } url && url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback) faults.Add("Telegram:WebhookUrl must be an https address.");
        if (options.WebhookUrl is not null && options.WebhookSecret.Length == 0) faults.Add("Telegram:WebhookUrl needs Telegram:WebhookSecret.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    [GeneratedRegex(@"^\d{1,16}:[A-Za-z0-9_-]{1,128}\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex BotToken();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,256}\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Secret();
}
