using System.Net;
using System.Net.Sockets;

namespace Niche.GpuEndpoint.ImageUrls;

/// <summary>
/// Which addresses belong to the public internet, after IANA's special-purpose registries for IPv4 and IPv6. Everything else could be a machine that
/// trusts this one: itself, its neighbours, the metadata service of its cloud, or an IPv4 address in the clothes of IPv6.
/// </summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
            "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",

            // The virtual machine's host on Azure: public by number, private by place.
            "168.63.129.16/32",
        }.Select(IPNetwork.Parse),
    ];

    // Unicast that IANA has given out; loopback, private, link-local, mapped, translated (NAT64) and multicast addresses lie outside of it.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    // Protocol assignments with Teredo, documentation, 6to4, AS112.
    private static readonly IPNetwork[] SpecialGlobal =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20" }.Select(IPNetwork.Parse)];

    /// <summary>Whether an address is one of the public internet.</summary>
    /// <param name="address">The address as it is connected to.</param>
    public static bool Is(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Array.Exists(Special, network => network.Contains(address)),
        // Asked about a mapped address, IPNetwork looks at the address inside, and finds it in networks that it is not in.
        AddressFamily.InterNetworkV6 => !address.IsIPv4MappedToIPv6 && address.ScopeId == 0 && Global.Contains(address) && !Array.Exists(SpecialGlobal, network => network.Contains(address)),
        _ => false,
    };
}
