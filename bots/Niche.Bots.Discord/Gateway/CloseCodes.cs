namespace Niche.Bots.Discord.Gateway;

/// <summary>What a close code means. Source: discord-api-docs, Gateway Close Event Codes.</summary>
internal static class CloseCodes
{
    /// <summary>Ours when a connection is given up for a new one: every code but 1000 and 1001 keeps the session.</summary>
    public const int GivenUp = 4900;

    public static Ending Judge(int? code) => code switch
    {
        // Wrong token, shard, sharding required, version, intents, intents not allowed.
        4004 or 4010 or 4011 or 4012 or 4013 or 4014 => Ending.Fatal,
        // Going away in order, a sequence that was wrong, a session that timed out.
        1000 or 1001 or 4007 or 4009 or 4003 => Ending.Identify,
        _ => Ending.Resume,
    };

    public static string Explain(int? code) => code switch
    {
        4004 => "the token is wrong",
        4010 => "the shard does not exist",
        4011 => "the app is in so many servers that it needs shards",
        4012 => "the version of the gateway is not served any more",
        4013 => "the intents are wrong",
        4014 => "the intents are not allowed to this app",
        _ => $"code {code?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}",
    };
}
