namespace Niche.Bots.Discord;

/// <summary>Settings of the section <c>Discord</c>. Without <see cref="Token"/> there is no Discord bot.</summary>
public sealed class DiscordOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Discord";

    /// <summary>Token of the app's bot. A secret.</summary>
    public string Token { get; set; } = "";

    /// <summary>The app's public key, 64 hexadecimal digits; needed for the HTTP address only.</summary>
    public string PublicKey { get; set; } = "";

    /// <summary>Base of the API, with a slash at the end.</summary>
    public Uri ApiBase { get; set; } = new("https://discord.com/api/v10/");

    /// <summary>Hosts that files of people are fetched from, and no others.</summary>
    public IList<string> FileHosts { get; set; } = ["cdn.discordapp.com", "media.discordapp.net"];

    /// <summary>This shard of the gateway, from 0.</summary>
    public int Shard { get; set; }

    /// <summary>Number of shards of the gateway.</summary>
    public int ShardCount { get; set; } = 1;
}
