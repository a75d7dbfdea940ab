using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Niche.TelegramStandIn.Updates;
using Niche.TelegramStandIn.Wire;
using Niche.TelegramStandIn.World;

namespace Niche.TelegramStandIn.Methods;

/// <summary>Who the bot is, its commands in every language, and its webhook.</summary>
internal sealed partial class SettingMethods(StandInWorld world, TimeProvider time)
{
    private const int MaxCommands = 100;
    private readonly Dictionary<string, JsonArray> _commands = [];

    /// <summary>The webhook in use; null when the bot polls.</summary>
    public WebhookSender? Webhook { get; private set; }

    public ApiAnswer Me(ApiCall call) => ApiAnswer.Ok(world.Bot.DeepClone());

    public ApiAnswer SetCommands(ApiCall call)
    {
        if (call.Json("commands") is not JsonArray commands) return ApiAnswer.Bad("can't parse commands JSON object");
        if (commands.Count > MaxCommands) return ApiAnswer.Bad("BOT_COMMANDS_TOO_MUCH");
        if (commands.Any(command => !CommandName().IsMatch((string?)command!["command"] ?? ""))) return ApiAnswer.Bad("BOT_COMMAND_INVALID");
        if (commands.Any(command => ((string?)command!["description"])?.Length is not (>= 1 and <= 256))) return ApiAnswer.Bad("BOT_COMMAND_DESCRIPTION_INVALID");
        if (call.Text("language_code") is { Length: not (0 or 2) }) return ApiAnswer.Bad("BOT_COMMAND_LANGUAGE_CODE_INVALID");
        _commands[Scope(call)] = commands.DeepClone().AsArray();
        return ApiAnswer.Ok(true);
    }

    public ApiAnswer GetCommands(ApiCall call) => ApiAnswer.Ok(_commands.GetValueOrDefault(Scope(call))?.DeepClone() ?? new JsonArray());

    public ApiAnswer DeleteCommands(ApiCall call)
    {
        _commands.Remove(Scope(call));
        return ApiAnswer.Ok(true);
    }

    /// <summary>Sets or removes the webhook; the old one, if there was one, is handed out to be stopped.</summary>
    public ApiAnswer SetWebhook(ApiCall call, out WebhookSender? old)
    {
        old = null;
        if (call.Text("secret_token") is { } secret && !SecretToken().IsMatch(secret)) return ApiAnswer.Bad("secret token contains unallowed characters");
        if (call.Number("max_connections") is < 1 or > 100) return ApiAnswer.Bad("wrong max_connections");
        string url = call.Text("url") ?? "";
        // Like the server in its local mode, this one also posts to plain HTTP.
        if (url.Length > 0 && !(Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && parsed.Scheme is "http" or "https")) return ApiAnswer.Bad("bad webhook: invalid URL");
        if (call.Flag("drop_pending_updates")) world.Feed.Drop();
        old = Webhook;
        Webhook = url.Length == 0 ? null : new WebhookSender(
            world.Feed,
            new WebhookTarget(new Uri(url), call.Text("secret_token"), (int)(call.Number("max_connections") ?? 40),
                (call.Json("allowed_updates") as JsonArray)?.Select(kind => (string)kind!).ToArray()),
            time);
        return ApiAnswer.Ok(true);
    }

    public ApiAnswer WebhookInfo(ApiCall call)
    {
        JsonObject info = new()
        {
            ["url"] = Webhook?.Target.Url.ToString() ?? "", ["has_custom_certificate"] = false, ["pending_update_count"] = world.Feed.Waiting,
        };
        if (Webhook is { } hook)
        {
            info["max_connections"] = hook.Target.Connections;
            if (hook.Target.Kinds is { } kinds) info["allowed_updates"] = new JsonArray([.. kinds.Select(kind => JsonValue.Create(kind))]);
            if (hook.LastError is { } error) info["last_error_message"] = error;
        }

        return ApiAnswer.Ok(info);
    }

    private static string Scope(ApiCall call) => $"{call.Json("scope")?.ToJsonString() ?? "{\"type\":\"default\"}"} {call.Text("language_code")}";

    [GeneratedRegex(@"^[a-z0-9_]{1,32}\z")]
    private static partial Regex CommandName();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,256}\z")]
    private static partial Regex SecretToken();
}
