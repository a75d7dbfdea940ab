namespace Niche.Bittensor.Axon;

/// <summary>What a server in front of an axon grants to anybody on the internet. See <see cref="AxonKestrelExtensions"/>.</summary>
public sealed record AxonLimits
{
    /// <summary>Connections at once; more are closed.</summary>
    public int MaxConnections { get; init; } = 4096;

    /// <summary>Connections at once from one address; more are closed. 0 for no limit, as behind a proxy.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 256;

    /// <summary>Bytes of all request headers together; more is told 431. A stock request has some 1.2 kB.</summary>
    public int MaxHeaderBytes { get; init; } = 16 * 1024;

    /// <summary>Request headers; more is told 431.</summary>
    public int MaxHeaders { get; init; } = 100;

    /// <summary>Time for the headers of a request; longer is told 408.</summary>
    public TimeSpan HeaderTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may be idle. Stock axons close after 5 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Slowest body in bytes a second, after five seconds of grace; slower is told 408.</summary>
    public double MinBodyRate { get; init; } = 1024;
}
