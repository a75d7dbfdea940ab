using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Rpc;

namespace Niche.Bittensor.Tests.Chain.Rpc;

/// <summary>https and wss, as public nodes have them.</summary>
public sealed class RpcTlsTests : IDisposable
{
    private readonly X509Certificate2 _certificate = Certificate();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _certificate.Dispose();

    [Theory]
    [InlineData("https")]
    [InlineData("wss")]
    public async Task A_node_whose_certificate_is_trusted_is_talked_to(string scheme)
    {
        using var handler = HttpRpcConnection.CreateHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == _certificate.GetCertHashString();
        using var http = new HttpClient(handler);
        await using var server = await RpcServer.StartAsync(call => call.AnswerAsync(call.Method), _certificate);
        await using var node = Connect(server.Endpoint(scheme), http);
        Assert.Equal("chain_getHeader", (await node.CallAsync("chain_getHeader", [], Ct)).GetString());
    }

    [Theory]
    [InlineData("https")]
    [InlineData("wss")]
    public async Task A_node_whose_certificate_is_not_trusted_gets_nothing(string scheme)
    {
        using var http = new HttpClient(HttpRpcConnection.CreateHandler());
        await using var server = await RpcServer.StartAsync(call => call.AnswerAsync(call.Method), _certificate);
        await using var node = Connect(server.Endpoint(scheme, "user:pa55@"), http);
        var fault = await Assert.ThrowsAsync<SubtensorException>(() => node.CallAsync("chain_getHeader", [], Ct));
        Assert.Equal((SubtensorError.Unreachable, false), (fault.Error, fault.MayHaveArrived));
        Assert.Contains("SecureConnectionError", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Methods);
        Assert.Empty(server.Authorizations);
    }

    private static IRpcConnection Connect(RpcEndpoint endpoint, HttpClient http) => endpoint.IsWebSocket
        ? new WebSocketRpcConnection(endpoint, http, new RpcOptions(), TimeProvider.System)
        : new HttpRpcConnection(endpoint, http, new RpcOptions(), TimeProvider.System);

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(150));
    }
}
