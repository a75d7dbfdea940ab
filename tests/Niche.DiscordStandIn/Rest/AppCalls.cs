using System.Globalization;
using System.Text.Json.Nodes;
using Niche.DiscordStandIn.World;

namespace Niche.DiscordStandIn.Rest;

/// <summary>Calls about the app: who it is, its commands, its gateway.</summary>
/// <param name="world">The world.</param>
/// <param name="publicKey">The key that signs interactions.</param>
/// <param name="gateway">Address of the gateway.</param>
public sealed class AppCalls(StandInWorld world, string publicKey, Func<string> gateway)
{
    private JsonArray _commands = [];

    /// <summary>Commands as they are registered.</summary>
    public JsonArray Commands => _commands.DeepClone().AsArray();

    /// <summary>Sessions that may still be started.</summary>
    public int SessionsLeft { get; set; } = 1000;

    /// <summary>get_my_application.</summary>
    internal ApiAnswer Me() => ApiAnswer.Ok(new JsonObject
    {
        ["id"] = Text(world.Application), ["name"] = "Niche", ["icon"] = null, ["description"] = "", ["type"] = null, ["verify_key"] = publicKey, ["flags"] = 0,
        ["flags_new"] = "0", ["redirect_uris"] = new JsonArray(), ["interactions_endpoint_url"] = null, ["role_connections_verification_url"] = null,
        ["owner"] = MessageJson.User(1, "Owner"), ["approximate_guild_count"] = 1, ["approximate_user_install_count"] = 1,
        ["approximate_user_authorization_count"] = 1, ["explicit_content_filter"] = 0, ["team"] = null, ["eligible_oauth2_scopes"] = new JsonArray(),
    });

    /// <summary>get_bot_gateway.</summary>
    internal ApiAnswer Gateway() => ApiAnswer.Ok(new JsonObject
    {
        ["url"] = gateway(), ["shards"] = 1,
        ["session_start_limit"] = new JsonObject { ["total"] = 1000, ["remaining"] = SessionsLeft, ["reset_after"] = 100, ["max_concurrency"] = 1 },
    });

    /// <summary>list_application_commands.</summary>
    internal ApiAnswer List(ApiCall call)
    {
        JsonArray commands = Commands;
        if (call.Query.GetValueOrDefault("with_localizations") == "true") return ApiAnswer.Ok(commands);
        foreach (JsonObject at in commands.SelectMany(command => Walk(command!.AsObject()))) at.Remove("name_localizations");
        return ApiAnswer.Ok(commands);
    }

    /// <summary>bulk_set_application_commands.</summary>
    internal ApiAnswer Set(ApiCall call)
    {
        JsonArray wanted = JsonNode.Parse(call.Json!.Value.GetRawText())!.AsArray();
        if (CommandRules.Check(wanted) is { Count: > 0 } faults) return ApiAnswer.Invalid(faults);
        _commands = [.. wanted.Select(command => Registered(command!.DeepClone().AsObject()))];
        return ApiAnswer.Ok(Commands);
    }

    // As Discord returns them: with ids, with defaults written out, numbers of permissions as text.
    private JsonNode Registered(JsonObject command)
    {
        command["id"] = Text(world.NextId());
        command["application_id"] = Text(world.Application);
        command["version"] = Text(world.NextId());
        command["type"] ??= 1;
        command["description"] ??= "";
        command["nsfw"] = false;
        command["default_member_permissions"] = command["default_member_permissions"]?.ToString();
        command["name_localizations"] ??= null;
        command["description_localizations"] ??= null;
        return command;
    }

    private static IEnumerable<JsonObject> Walk(JsonObject at) =>
        (at["options"]?.AsArray() ?? []).SelectMany(option => Walk(option!.AsObject())).Prepend(at);

    private static string Text(ulong id) => id.ToString(CultureInfo.InvariantCulture);
}
