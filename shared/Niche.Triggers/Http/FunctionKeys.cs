using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Niche.Triggers.Http;

/// <summary>Who may call. Keys are settings: <c>Triggers:FunctionKeys:{function}:{any}</c>, <c>Triggers:HostKeys:{any}</c> and
/// <c>Triggers:MasterKey</c>; a caller shows one in the header x-functions-key or as ?code=. Where the application has no key at
/// all, callers on this machine pass and nobody else.</summary>
internal sealed class FunctionKeys
{
    private const int MaxKeyLength = 512;
    private static readonly string[] ForwardedBy = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    private readonly Dictionary<string, List<byte[]>> _ofFunctions = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<byte[]> _ofHost;
    private readonly List<byte[]> _master;
    private readonly bool _any;

    public FunctionKeys(IConfiguration settings)
    {
        var section = settings.GetSection("Triggers");
        _ofHost = Hashes(section.GetSection("HostKeys").GetChildren());
        _master = Hashes([section.GetSection("MasterKey")]);
        foreach (var function in section.GetSection("FunctionKeys").GetChildren())
            _ofFunctions[function.Key] = Hashes(function.GetChildren());
        _any = _ofHost.Count > 0 || _master.Count > 0 || _ofFunctions.Values.Any(keys => keys.Count > 0);
    }

    public bool Allows(string function, AuthorizationLevel level, HttpContext http)
    {
        if (level == AuthorizationLevel.Anonymous)
            return true;
        if (!_any)
            return IsLocal(http);
        var shown = http.Request.Headers["x-functions-key"].FirstOrDefault() ?? http.Request.Query["code"].FirstOrDefault();
        if (string.IsNullOrEmpty(shown) || shown.Length > MaxKeyLength)
            return false;
        var hash = Hash(shown);
        var allowed = Matches(_master, hash);
        if (level == AuthorizationLevel.Function)
        {
            allowed |= Matches(_ofHost, hash);
            allowed |= _ofFunctions.TryGetValue(function, out var own) && Matches(own, hash);
        }

        return allowed;
    }

    /// <summary>A caller on this machine, by its own hand: not through a proxy, nor a web page that had its name resolve to us.</summary>
    private static bool IsLocal(HttpContext http)
    {
        var remote = http.Connection.RemoteIpAddress;
        var host = http.Request.Host.Host.Trim('[', ']');
        return remote is not null && IPAddress.IsLoopback(remote)
            && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var named) && IPAddress.IsLoopback(named)))
            && !ForwardedBy.Any(http.Request.Headers.ContainsKey);
    }

    // All keys are compared, equal or not, so that the time taken tells nothing.
    private static bool Matches(List<byte[]> keys, byte[] hash)
    {
        var found = false;
        foreach (var key in keys)
            found |= CryptographicOperations.FixedTimeEquals(key, hash);
        return found;
    }

    private static List<byte[]> Hashes(IEnumerable<IConfigurationSection> keys) =>
        [.. keys.Select(k => k.Value).Where(v => !string.IsNullOrEmpty(v)).Select(v => Hash(v!))];

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
