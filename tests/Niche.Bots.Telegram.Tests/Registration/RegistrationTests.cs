using Niche.Bots.Telegram.Tests.Rig;
using Niche.TelegramStandIn.Wire;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Niche.Bots.Telegram.Tests.Registration;

/// <summary>Commands and webhook at Telegram: set when they differ, else left alone.</summary>
public sealed class RegistrationTests : AdapterTest
{
    private readonly Dictionary<string, string?> _settings = [];

    protected override IReadOnlyDictionary<string, string?> Settings => _settings;

    private IEnumerable<ApiCall> Sets => Server.Journal.Select(entry => entry.Call).Where(call => call.Method.StartsWith("set", StringComparison.Ordinal));

    [Fact]
    public async Task Every_language_has_its_commands_and_an_unchanged_set_sends_nothing()
    {
        await Platform.RegisterAsync(SmallBook.All, Ct);
        Assert.Equal(3, Sets.Count());
        BotCommand[] german = await Client.GetMyCommands(languageCode: "de", cancellationToken: Ct), others = await Client.GetMyCommands(cancellationToken: Ct);
        BotCommand[] portuguese = await Client.GetMyCommands(languageCode: "pt", cancellationToken: Ct);
        Assert.Equal(["imagine: Male", "help: Hilfe"], german.Select(command => $"{command.Command}: {command.Description}"));
        Assert.Equal(["imagine: Paint", "help: Help"], others.Select(command => $"{command.Command}: {command.Description}"));
        Assert.Equal(["imagine: Pinte", "help: Help"], portuguese.Select(command => $"{command.Command}: {command.Description}"));
        await RestartAsync();
        await Platform.RegisterAsync(SmallBook.All, Ct);
        Assert.Equal(3, Sets.Count());
    }

    [Fact]
    public async Task Only_the_language_that_changed_is_sent()
    {
        await Platform.RegisterAsync(SmallBook.All, Ct);
        await Client.SetMyCommands([new BotCommand("old", "Alt")], languageCode: "de", cancellationToken: Ct);
        await Platform.RegisterAsync(SmallBook.All, Ct);
        Assert.Equal("de", Sets.Last().Text("language_code"));
        Assert.Equal(5, Sets.Count());
    }

    [Fact]
    public async Task The_webhook_is_set_once_and_again_when_address_or_secret_change()
    {
        await RegisterAsync("http://127.0.0.1:9/telegram", "first");
        await RegisterAsync("http://127.0.0.1:9/telegram", "first");
        Assert.Equal(1, Sets.Count(call => call.Method == "setWebhook"));
        await RegisterAsync("http://127.0.0.1:9/telegram", "second");
        await RegisterAsync("http://127.0.0.1:9/other", "second");
        Assert.Equal(3, Sets.Count(call => call.Method == "setWebhook"));
        Assert.Equal("second", Server.Webhook!.Target.Secret);
    }

    private async Task RegisterAsync(string url, string secret)
    {
        _settings["Telegram:WebhookUrl"] = url;
        _settings["Telegram:WebhookSecret"] = secret;
        await RestartAsync();
        await Platform.RegisterAsync(SmallBook.All, Ct);
    }
}
