namespace Niche.Bots.Commands;

/// <summary>Names of commands and message commands: what registers them and what answers them must mean the same.</summary>
public static class CommandNames
{
    /// <summary>Paint.</summary>
    public const string Imagine = "imagine";

    /// <summary>Talk.</summary>
    public const string Chat = "chat";

    /// <summary>Paint a relative.</summary>
    public const string Vary = "vary";

    /// <summary>Enlarge.</summary>
    public const string Upscale = "upscale";

    /// <summary>Say what is to be seen.</summary>
    public const string Describe = "describe";

    /// <summary>Show an order again.</summary>
    public const string Show = "show";

    /// <summary>Own orders.</summary>
    public const string History = "history";

    /// <summary>Kept orders.</summary>
    public const string Favorites = "favorites";

    /// <summary>Call off.</summary>
    public const string Cancel = "cancel";

    /// <summary>Own open orders and the queue.</summary>
    public const string Queue = "queue";

    /// <summary>What can be asked for.</summary>
    public const string Models = "models";

    /// <summary>Who works.</summary>
    public const string Miners = "miners";

    /// <summary>Own figures.</summary>
    public const string Stats = "stats";

    /// <summary>Settings of person and channel.</summary>
    public const string Settings = "settings";

    /// <summary>Join accounts.</summary>
    public const string Link = "link";

    /// <summary>Check a receipt.</summary>
    public const string Verify = "verify";

    /// <summary>Help.</summary>
    public const string Help = "help";

    /// <summary>For operators.</summary>
    public const string Admin = "admin";

    /// <summary>What Telegram sends first.</summary>
    public const string Start = "start";

    /// <summary>Message command: all of a picture.</summary>
    public const string MessageInfo = "Image info";

    /// <summary>Message command: paint a relative.</summary>
    public const string MessageVary = "Vary";

    /// <summary>Message command: enlarge.</summary>
    public const string MessageUpscale = "Upscale";

    /// <summary>Message command: paint from it.</summary>
    public const string MessageInput = "Use as input";

    /// <summary>Message command: check its receipt.</summary>
    public const string MessageVerify = "Verify";
}
