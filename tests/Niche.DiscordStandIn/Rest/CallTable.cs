using Niche.DiscordStandIn.World;

namespace Niche.DiscordStandIn.Rest;

/// <summary>Which call is played by what.</summary>
internal sealed class CallTable
{
    private static readonly CallTemplate[] Templates =
    [
        new("POST", "interactions/*/*/callback", "create_interaction_response", false),
        new("POST", "webhooks/*/*", "execute_webhook", false),
        new("GET", "webhooks/*/*/messages/@original", "get_original_webhook_message", false),
        new("PATCH", "webhooks/*/*/messages/@original", "update_original_webhook_message", false),
        new("DELETE", "webhooks/*/*/messages/@original", "delete_original_webhook_message", false),
        new("GET", "webhooks/*/*/messages/*", "get_webhook_message", false),
        new("PATCH", "webhooks/*/*/messages/*", "update_webhook_message", false),
        new("DELETE", "webhooks/*/*/messages/*", "delete_webhook_message", false),
        new("POST", "channels/*/messages", "create_message", true),
        new("GET", "channels/*/messages/*", "get_message", true),
        new("PATCH", "channels/*/messages/*", "update_message", true),
        new("DELETE", "channels/*/messages/*", "delete_message", true),
        new("POST", "channels/*/typing", "trigger_typing_indicator", true),
        new("POST", "users/@me/channels", "create_dm", true),
        new("GET", "gateway/bot", "get_bot_gateway", true),
        new("GET", "applications/@me", "get_my_application", true),
        new("GET", "applications/*/commands", "list_application_commands", true),
        new("PUT", "applications/*/commands", "bulk_set_application_commands", true),
    ];

    private readonly InteractionCalls _interactions;
    private readonly ChannelCalls _channels;
    private readonly AppCalls _app;

    public CallTable(StandInWorld world, AppCalls app, StandInOptions options)
    {
        MessageCalls messages = new(world);
        (_interactions, _channels, _app) = (new InteractionCalls(world, messages, options), new ChannelCalls(world, messages), app);
    }

    /// <summary>The template that a call fits; null when none is played.</summary>
    public static CallMatch? Match(string method, string path)
    {
        string[] parts = path.Split('/');
        foreach (CallTemplate template in Templates.Where(template => template.Method == method))
        {
            string[] wanted = template.Path.Split('/');
            if (wanted.Length == parts.Length && wanted.Zip(parts).All(pair => pair.First == "*" ? pair.Second.Length > 0 : pair.First == pair.Second))
                return new CallMatch(template, [.. wanted.Zip(parts).Where(pair => pair.First == "*").Select(pair => Uri.UnescapeDataString(pair.Second))]);
        }

        return null;
    }

    public ApiAnswer Play(CallMatch match, ApiCall call)
    {
        IReadOnlyList<string> values = match.Values;
        return match.Template.Operation switch
        {
            "create_interaction_response" => _interactions.Callback(call, values[0], values[1]),
            "execute_webhook" => _interactions.ByToken(call, values[0], values[1], null),
            "get_original_webhook_message" or "update_original_webhook_message" or "delete_original_webhook_message" =>
                _interactions.ByToken(call, values[0], values[1], "@original"),
            "get_webhook_message" or "update_webhook_message" or "delete_webhook_message" => _interactions.ByToken(call, values[0], values[1], values[2]),
            "create_message" => _channels.Create(call, values[0]),
            "get_message" or "update_message" or "delete_message" => _channels.Message(call, values[0], values[1]),
            "trigger_typing_indicator" => _channels.Typing(values[0]),
            "create_dm" => _channels.OpenPrivate(call),
            "get_bot_gateway" => _app.Gateway(),
            "get_my_application" => _app.Me(),
            "list_application_commands" => _app.List(call),
            _ => _app.Set(call),
        };
    }
}
