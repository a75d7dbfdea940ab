using System.Net;
using System.Net.Security;

namespace Niche.GpuEndpoint.ImageUrls;

/// <summary>What addresses of pictures may cost and where they may lead.</summary>
public sealed record PictureUrlRules
{
    /// <summary>Whether requests may name pictures by address at all.</summary>
    public bool Allowed { get; init; }

    /// <summary>The one port.</summary>
    public int Port { get; init; } = 443;

    /// <summary>Largest file.</summary>
    public int MaxBytes { get; init; } = 8 << 20;

    /// <summary>Pictures of one request.</summary>
    public int MaxPictures { get; init; } = 4;

    /// <summary>Times that a server may send on to another address.</summary>
    public int MaxRedirects { get; init; } = 3;

    /// <summary>For one picture, from the name to the last byte.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Which addresses may be connected to.</summary>
    public Func<IPAddress, bool> Reachable { get; init; } = PublicAddress.Is;

    /// <summary>Turns a name into addresses, once for each connection.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>How servers prove who they are; the system's trust by default.</summary>
    public SslClientAuthenticationOptions Tls { get; init; } = new();
}
