using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Niche.Bittensor.Axon;

/// <summary>Fits Kestrel for strangers.</summary>
public static class AxonKestrelExtensions
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>HTTP/1.1 only, no server header, and bounds on connections, headers and slowness. Replaces the endpoint defaults set before.</summary>
    public static void ConfigureAxonLimits(this KestrelServerOptions kestrel, AxonLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        limits ??= new AxonLimits();
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = limits.MaxConnections;
        kestrel.Limits.MaxRequestHeadersTotalSize = limits.MaxHeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = limits.MaxHeaders;
        kestrel.Limits.RequestHeadersTimeout = limits.HeaderTime;
        kestrel.Limits.KeepAliveTimeout = limits.KeepAlive;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(limits.MinBodyRate, Grace);
        var counter = limits.MaxConnectionsPerAddress > 0 ? new ConnectionCounter(limits.MaxConnectionsPerAddress) : null;
        kestrel.ConfigureEndpointDefaults(listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (counter is not null) listen.Use(next => connection => counter.RunAsync(connection, next));
        });
    }
}
