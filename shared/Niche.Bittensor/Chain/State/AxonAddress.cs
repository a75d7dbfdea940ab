using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Chain.State;

/// <summary>Axon addresses as the chain keeps them: the address as one number, 4 or 6 for its kind, and a port.</summary>
internal static class AxonAddress
{
    /// <summary>Where a stored axon listens; null when it never served, or holds what is no address.</summary>
    public static AxonEndpoint? Read(ScaleValue axon, string hotkey)
    {
        var (ip, kind, port) = (axon["ip"].AsInteger(), axon["ip_type"].AsInteger(), axon["port"].U16());
        if (ip.IsZero || port == 0) return null;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, (UInt128)ip);
        if (kind == 6) return new AxonEndpoint(new IPAddress(bytes).ToString(), port, hotkey);
        return kind == 4 && ip <= uint.MaxValue ? new AxonEndpoint(new IPAddress(bytes[12..]).ToString(), port, hotkey) : null;
    }

    /// <summary>The number and kind of an address.</summary>
    public static (BigInteger Ip, byte Kind) Write(IPAddress address) =>
        (new BigInteger(address.GetAddressBytes(), isUnsigned: true, isBigEndian: true), address.AddressFamily == AddressFamily.InterNetwork ? (byte)4 : (byte)6);

    /// <summary>True for the same address and port, however the address is written.</summary>
    public static bool Same(AxonEndpoint one, AxonEndpoint other) =>
        one.Port == other.Port && IPAddress.TryParse(one.Ip, out var first) && IPAddress.TryParse(other.Ip, out var second) && first.Equals(second);

    /// <summary>Why the chain would refuse to serve this axon, by the name it has for it; null when it would not.</summary>
    public static string? Fault(AxonEndpoint axon)
    {
        if (axon.Port is < 1 or > ushort.MaxValue) return "InvalidPort";
        if (!IPAddress.TryParse(axon.Ip, out var address)) return "InvalidIpAddress";
        return address.Equals(IPAddress.Loopback) || address.Equals(IPAddress.IPv6Loopback) || address.Equals(IPAddress.Broadcast)
            || address.GetAddressBytes().All(octet => octet == 255)
            ? "InvalidIpAddress"
            : null;
    }
}
