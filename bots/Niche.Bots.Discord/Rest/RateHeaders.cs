using System.Globalization;
using System.Net.Http.Headers;

namespace Niche.Bots.Discord.Rest;

/// <summary>What an answer says about limits. Headers that make no sense count as absent.</summary>
/// <param name="Bucket">Name of the bucket.</param>
/// <param name="Limit">Calls per window.</param>
/// <param name="Remaining">Calls that are left in it.</param>
/// <param name="ResetAfter">Time to the next window.</param>
internal sealed record RateHeaders(string Bucket, int Limit, int Remaining, TimeSpan ResetAfter)
{
    private const double LongestSeconds = 24 * 3600;

    public static RateHeaders? Read(HttpResponseHeaders headers) =>
        Text(headers, "X-RateLimit-Bucket") is { Length: > 0 and <= 128 } bucket
        && int.TryParse(Text(headers, "X-RateLimit-Limit"), NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit > 0
        && int.TryParse(Text(headers, "X-RateLimit-Remaining"), NumberStyles.None, CultureInfo.InvariantCulture, out int remaining)
        && Seconds(Text(headers, "X-RateLimit-Reset-After")) is { } reset
            ? new RateHeaders(bucket, limit, Math.Min(remaining, limit), reset)
            : null;

    /// <summary>Whom a 429 speaks of: "user", "global" or "shared".</summary>
    public static string? Scope(HttpResponseHeaders headers) => Text(headers, "X-RateLimit-Scope");

    /// <summary>A number of seconds as a time; null for what is none.</summary>
    public static TimeSpan? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) ? Seconds(seconds) : null;

    /// <summary>A number of seconds as a time; null for what is none.</summary>
    public static TimeSpan? Seconds(double seconds) => seconds is >= 0 and <= LongestSeconds ? TimeSpan.FromSeconds(seconds) : null;

    private static string? Text(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
}
