using System.Net;
using System.Net.Sockets;

namespace Niche.EndToEnd.Tests.Rig;

/// <summary>Ports of loopback that nobody uses now.</summary>
public static class Ports
{
    public static int Free()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
