using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Niche.Bittensor.Axon;

/// <summary>Keeps each address to a number of connections. What it knows is as large as the connections that are open.</summary>
internal sealed class ConnectionCounter(int perAddress)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _open = [];

    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection.RemoteEndPoint is not IPEndPoint peer)
        {
            await next(connection);
            return;
        }

        var address = PeerAddress.Network(peer.Address);
        if (!TryEnter(address))
        {
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Leave(address);
        }
    }

    private bool TryEnter(IPAddress address)
    {
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(address);
            if (open >= perAddress) return false;
            _open[address] = open + 1;
            return true;
        }
    }

    private void Leave(IPAddress address)
    {
        lock (_gate)
            if (--_open[address] == 0)
                _open.Remove(address);
    }
}
