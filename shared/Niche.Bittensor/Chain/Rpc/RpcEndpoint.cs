using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;

namespace Niche.Bittensor.Chain.Rpc;

/// <summary>The address of one node. What may be secret in it (user, password, path, query) is used and never shown.</summary>
public sealed class RpcEndpoint
{
    private RpcEndpoint(Uri address)
    {
        IsWebSocket = address.Scheme is "ws" or "wss";
        Name = $"{address.Scheme}://{address.Host}:{address.Port}";
        Address = new UriBuilder(address) { UserName = "", Password = "", Fragment = "" }.Uri;
        if (address.UserInfo.Length > 0)
            Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))));
    }

    /// <summary>Scheme, host and port: what logs and errors may show.</summary>
    public string Name { get; }

    /// <summary>True for ws and wss, false for http and https.</summary>
    public bool IsWebSocket { get; }

    internal Uri Address { get; }

    internal AuthenticationHeaderValue? Authorization { get; }

    /// <summary>
    /// Reads an address (http, https, ws or wss), or one of the names <c>finney</c>, <c>test</c> and <c>local</c> for the public main network, the
    /// public test network and a node on this machine.
    /// </summary>
    /// <exception cref="FormatException">It is neither; the text is not repeated, for it may hold a password.</exception>
    public static RpcEndpoint Parse(string text) => TryParse(text, out var endpoint)
        ? endpoint
        : throw new FormatException("A node's address begins with http://, https://, ws:// or wss://, or is one of finney, test and local.");

    /// <summary>Like <see cref="Parse"/>; false where that throws.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RpcEndpoint? endpoint)
    {
        var address = text switch
        {
            "finney" => "wss://entrypoint-finney.opentensor.ai:443",
            "test" => "wss://test.finney.opentensor.ai:443",
            "local" => "ws://127.0.0.1:9944",
            _ => text,
        };
        endpoint = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "ws" or "wss" && uri.Host.Length > 0
            ? new RpcEndpoint(uri)
            : null;
        return endpoint is not null;
    }

    /// <summary>The same as <see cref="Name"/>.</summary>
    public override string ToString() => Name;
}
