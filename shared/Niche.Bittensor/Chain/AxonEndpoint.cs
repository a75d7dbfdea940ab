using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;

namespace Niche.Bittensor.Chain;

/// <summary>Where an axon listens and whose it is.</summary>
/// <param name="Ip">IPv4 or IPv6 address (a host name works too, but a chain carries addresses only).</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
/// <param name="Hotkey">SS58 address of the hotkey that signs for this axon.</param>
public sealed record AxonEndpoint(string Ip, int Port, string Hotkey)
{
    /// <summary><c>http://ip:port/</c>, with brackets for IPv6.</summary>
    /// <exception cref="UriFormatException">Ip or port can not stand in a URL.</exception>
    [JsonIgnore]
    public Uri BaseAddress
    {
        get
        {
            var host = IPAddress.TryParse(Ip, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : Ip;
            if (Port is < 1 or > 65535 || Uri.CheckHostName(host) == UriHostNameType.Unknown)
                throw new UriFormatException("An axon needs an IP address and a port between 1 and 65535.");
            return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{Port}/"));
        }
    }
}
