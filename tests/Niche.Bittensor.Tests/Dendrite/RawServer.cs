using System.Net;
using System.Net.Sockets;
using Niche.Bittensor.Chain;

namespace Niche.Bittensor.Tests.Dendrite;

/// <summary>A peer that reads a request's beginning and then does whatever the test says with the socket.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public RawServer(Func<NetworkStream, CancellationToken, Task> behave)
    {
        _listener.Start();
        _loop = AcceptAsync(behave);
    }

    public AxonEndpoint Endpoint => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty");

    public static RawServer Answering(string answer) =>
        new(async (stream, ct) => await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(answer), ct));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<NetworkStream, CancellationToken, Task> behave)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var stream = client.GetStream();
                await stream.ReadAtLeastAsync(new byte[64 * 1024], 500, throwOnEndOfStream: false, _stop.Token);
                await behave(stream, _stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception fault) when (fault is IOException or SocketException || _stop.IsCancellationRequested)
        {
            // The caller hung up, or the test is over: either way this peer has played its part.
            TestContext.Current.SendDiagnosticMessage("Peer ended: {0}", fault.Message);
        }
    }
}
