using System.Net;
using System.Net.Sockets;

namespace Niche.Bittensor.Axon;

/// <summary>Addresses of TCP peers as they are told and counted.</summary>
internal static class PeerAddress
{
    /// <summary>An IPv4 peer of a socket for both families, by its own address.</summary>
    public static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    /// <summary>What is counted as one peer: an IPv4 address, or an IPv6 /64, because whoever has one address of it has them all.</summary>
    public static IPAddress Network(IPAddress address)
    {
        if (Plain(address) is { AddressFamily: not AddressFamily.InterNetworkV6 } plain) return plain;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
