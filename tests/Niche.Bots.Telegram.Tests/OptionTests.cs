namespace Niche.Bots.Telegram.Tests;

/// <summary>Settings that cannot work are named before anything starts.</summary>
public sealed class OptionTests
{
    [Theory]
    [InlineData("42:abc", "https://api.telegram.org", "", null, 0)]
    [InlineData("42:abc", "http://127.0.0.1:5000", "s3cret", "https://a.example/hook", 0)]
    [InlineData("no token", "https://api.telegram.org", "", null, 1)]
    [InlineData("42:abc", "http://api.telegram.org", "with blank", "http://a.example/hook", 3)]
    [InlineData("42:abc", "https://api.telegram.org", "", "https://a.example/hook", 1)]
    public void Faults_are_told_all_at_once_and_without_secrets(string token, string api, string secret, string? webhook, int faults)
    {
        TelegramOptions options = new() { Token = token, ApiBase = new Uri(api), WebhookSecret = secret, WebhookUrl = webhook is null ? null : new Uri(webhook) };
        string[] told = [.. new TelegramOptionsCheck().Validate(null, options).Failures ?? []];
        Assert.Equal(faults, told.Length);
        Assert.DoesNotContain(told, fault => fault.Contains(token, StringComparison.Ordinal) || (secret.Length > 0 && fault.Contains(secret, StringComparison.Ordinal)));
    }
}
