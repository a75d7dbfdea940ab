using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Niche.GpuEndpoint.ImageUrls;

namespace Niche.GpuEndpoint.Tests.ImageUrls;

/// <summary>A real https server of pictures on this machine, and rules under which it counts as a public one by the names that a test gives it.</summary>
internal sealed class PictureServer : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly WebApplication _app;

    private PictureServer(X509Certificate2 certificate, WebApplication app) => (_certificate, _app) = (certificate, app);

    /// <summary>Names that were resolved, one entry a connection.</summary>
    public ConcurrentQueue<string> Resolved { get; } = [];

    public int Port => new Uri(_app.Urls.Single()).Port;

    /// <summary>Rules that know some names: one that is not listed does not exist.</summary>
    public PictureUrlRules Rules(params (string Name, string Address)[] names) => new()
    {
        Allowed = true,
        Port = Port,
        Reachable = address => IPAddress.Loopback.Equals(address) || PublicAddress.Is(address),
        Resolve = (name, _) =>
        {
            Resolved.Enqueue(name);
            return Task.FromResult(names.Append(("pictures.example", "127.0.0.1")).Where(known => known.Item1 == name).Select(known => IPAddress.Parse(known.Item2)).ToArray());
        },
        Tls = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == _certificate.GetCertHashString(),
        },
    };

    public string Url(string path, string name = "pictures.example") => $"https://{name}:{Port}{path}";

    public static async Task<PictureServer> StartAsync(Action<WebApplication> routes)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=pictures.example", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var own = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(own)));
        var app = builder.Build();
        routes(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new PictureServer(own, app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }
}
