using System.Globalization;
using Niche.EndToEnd.Tests.Rig;
using Niche.TelegramStandIn;
using Niche.TelegramStandIn.Description;
using Niche.TelegramStandIn.Flood;
using Niche.TelegramStandIn.World;

namespace Niche.EndToEnd.Tests.Telegram;

/// <summary>A subnet of processes whose validator is a Telegram bot: it registers its own webhook with a server that keeps Telegram's limits.</summary>
public sealed class TelegramSubnet : IAsyncLifetime
{
    private const string Secret = "end-to-end_secret";
    private RoleSubnet _subnet = null!;

    public TelegramServer Server { get; private set; } = null!;

    public StandInChat Uploads { get; private set; } = null!;

    public BoxProgram Validator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await TelegramServer.StartAsync(new StandInOptions(new FloodLimits(), TimeProvider.System, ApiDescription.Find()));
        Uploads = Server.World.Group("Uploads");
        _subnet = await RoleSubnet.StartAsync(miners: 1);
        await StartValidatorAsync(polls: false);
    }

    /// <summary>kill -9, and another process on the same storage.</summary>
    /// <param name="between">What happens while nobody is there.</param>
    /// <param name="polls">The new process fetches updates instead of waiting for them.</param>
    public async Task RestartAsync(Action? between = null, bool polls = false)
    {
        await Validator.KillAsync();
        between?.Invoke();
        await StartValidatorAsync(polls);
    }

    /// <summary>Somebody new.</summary>
    public StandInPerson Person(string language = "en") => Server.World.Person("Alice", language);

    public async ValueTask DisposeAsync()
    {
        await _subnet.DisposeAsync();
        await Server.DisposeAsync();
    }

    private async Task StartValidatorAsync(bool polls)
    {
        _subnet.Settings = api => new Dictionary<string, string>
        {
            ["Telegram__Token"] = Server.Token,
            ["Telegram__ApiBase"] = Server.Url.ToString(),
            ["Telegram__UploadChat"] = Uploads.Id.ToString(CultureInfo.InvariantCulture),
            ["Telegram__WebhookSecret"] = Secret,
            [polls ? "Telegram__RemoveWebhook" : "Telegram__WebhookUrl"] = polls ? "true" : HookOf(api),
            ["Bots__Connect"] = polls ? "true" : "false",
        };
        Validator = await _subnet.StartFunctionsAsync();
        string? hook = polls ? null : HookOf(_subnet.Api);
        await Until.TrueAsync(() => Server.Webhook?.Target.Url.ToString() == hook, () => "The webhook is not as it should be:\n" + Validator.Output);
    }

    private static string HookOf(Uri api) => new Uri(api, "bots/telegram").ToString();
}
