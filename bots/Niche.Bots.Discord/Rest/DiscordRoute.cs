namespace Niche.Bots.Discord.Rest;

/// <summary>Where a call goes, and which limits it shares with others.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Template">The path without ids: calls of one template share a bucket per <paramref name="Major"/>.</param>
/// <param name="Major">The channel, server or webhook that counts by itself.</param>
/// <param name="Path">The path below the API's base. May hold an interaction token: never logged.</param>
/// <param name="AsApp">Sent with the app's token and bound by the global limit; interaction tokens carry their own right.</param>
public sealed record DiscordRoute(HttpMethod Method, string Template, string Major, string Path, bool AsApp)
{
    /// <summary>Sending it twice has the effect of sending it once.</summary>
    public bool IsIdempotent => Method != HttpMethod.Post;

    /// <summary>First answer to an interaction.</summary>
    public static DiscordRoute Callback(ulong interaction, string token) =>
        new(HttpMethod.Post, "interactions/callback", $"{interaction}", $"interactions/{interaction}/{Escape(token)}/callback", false);

    /// <summary>A further message to an interaction.</summary>
    public static DiscordRoute FollowUp(ulong application, string token) =>
        new(HttpMethod.Post, "webhooks", $"{application}/{token}", $"webhooks/{application}/{Escape(token)}", false);

    /// <summary>A message of an interaction; null for the first answer.</summary>
    public static DiscordRoute Answer(HttpMethod method, ulong application, string token, ulong? message) => new(
        method, "webhooks/messages", $"{application}/{token}",
        $"webhooks/{application}/{Escape(token)}/messages/{(message is { } id ? $"{id}" : "@original")}", false);

    /// <summary>New messages of a channel.</summary>
    public static DiscordRoute Messages(ulong channel) => new(HttpMethod.Post, "channels/messages", $"{channel}", $"channels/{channel}/messages", true);

    /// <summary>Opens the private chat with a person, or finds the one that is open.</summary>
    public static DiscordRoute Direct() => new(HttpMethod.Post, "users/channels", "", "users/@me/channels", true);

    /// <summary>A message of a channel.</summary>
    public static DiscordRoute Message(HttpMethod method, ulong channel, ulong message) =>
        new(method, "channels/messages/message", $"{channel}", $"channels/{channel}/messages/{message}", true);

    /// <summary>"Is typing".</summary>
    public static DiscordRoute Typing(ulong channel) => new(HttpMethod.Post, "channels/typing", $"{channel}", $"channels/{channel}/typing", true);

    /// <summary>The application that the token belongs to.</summary>
    public static DiscordRoute Me() => new(HttpMethod.Get, "applications/@me", "", "applications/@me", true);

    /// <summary>Where the gateway is.</summary>
    public static DiscordRoute Gateway() => new(HttpMethod.Get, "gateway/bot", "", "gateway/bot", true);

    /// <summary>The commands of the application.</summary>
    public static DiscordRoute Commands(HttpMethod method, ulong application) => new(
        method, "applications/commands", "", $"applications/{application}/commands{(method == HttpMethod.Get ? "?with_localizations=true" : "")}", true);

    private static string Escape(string token) => Uri.EscapeDataString(token);
}
