using System.Net.Sockets;
using System.Text;
using CsCheck;
using Niche.Bittensor.Axon;

namespace Niche.Bittensor.Tests.Axon;

/// <summary>Bytes from strangers: never a 500, never a 200 without a signature.</summary>
public sealed class AxonFuzzTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private AxonHost _axon = null!;

    public async ValueTask InitializeAsync() => _axon = await AxonHost.StartAsync(options =>
        options.Attach<Echo>((echo, _, _) => Task.FromResult(AxonReply.Success(echo))));

    public async ValueTask DisposeAsync()
    {
        await _axon.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task Spoiled_bodies_of_signed_requests_are_the_callers_fault() =>
        await Gen.Select(Gen.Int[0, 1000], Gen.Byte, Gen.Int[0, 2]).SampleAsync(
            async (at, value, how) =>
            {
                var call = StockCall.To(_axon);
                call.Body = Mutate(call.Body, at, value, how);
                using var response = await call.SendAsync(_http, _axon.Address);
                return (int)response.StatusCode is 200 or 400 or 401;
            },
            iter: 300, threads: 1);

    [Fact]
    public async Task Random_bodies_of_signed_requests_are_the_callers_fault() =>
        await Gen.Byte.Array[0, 300].SampleAsync(
            async body =>
            {
                var call = StockCall.To(_axon);
                call.Body = body;
                using var response = await call.SendAsync(_http, _axon.Address);
                return (int)response.StatusCode is 400 or 401;
            },
            iter: 200, threads: 1);

    [Fact]
    public async Task Spoiled_headers_never_get_in_and_never_break_the_axon() =>
        await Gen.Select(Gen.Int[0, 20], Gen.Int[0, 200], Gen.Char['!', '~'], Gen.Int[0, 2]).SampleAsync(
            async (which, at, value, how) =>
            {
                var call = StockCall.To(_axon);
                var name = call.Headers.Keys.ElementAt(which % call.Headers.Count);
                var before = call.Headers[name];
                var after = Encoding.ASCII.GetString(Mutate(Encoding.ASCII.GetBytes(before), at, (byte)value, how));
                call.With(name, after);
                using var response = await call.SendAsync(_http, _axon.Address);
                var signed = name is "bt_header_dendrite_nonce" or "bt_header_dendrite_uuid" or "bt_header_dendrite_hotkey" or "computed_body_hash";
                var status = (int)response.StatusCode;
                return signed && after.Trim() != before ? status is 400 or 401 : status is 200 or 400 or 401;
            },
            iter: 500, threads: 1);

    [Fact]
    public async Task Without_a_signature_nothing_is_served() =>
        await Gen.Select(Gen.Byte.Array[0, 100], Gen.Int[0, 2].Select(i => new[] { "Echo", "Synapse", "Nope" }[i]), Gen.Bool, Gen.Bool).SampleAsync(
            async (body, path, get, sane) =>
            {
                var call = StockCall.To(_axon).With("bt_header_dendrite_signature", null);
                call.Path = path;
                call.Method = get ? HttpMethod.Get : HttpMethod.Post;
                if (!sane) call.Body = body;
                using var response = await call.SendAsync(_http, _axon.Address);
                return (int)response.StatusCode is 401 or 404;
            },
            iter: 200, threads: 1);

    [Fact]
    public async Task Raw_bytes_on_the_socket_leave_the_axon_standing()
    {
        await Gen.Select(Gen.Int[0, 400], Gen.Byte, Gen.Int[0, 2]).SampleAsync(
            async (at, value, how) =>
            {
                var request = "POST /Echo HTTP/1.1\r\nHost: x\r\nbt_header_dendrite_nonce: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"u8.ToArray();
                var answer = await RawAsync(Mutate(request, at, value, how));
                return !answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) && !answer.StartsWith("HTTP/1.1 5", StringComparison.Ordinal)
                    || answer.StartsWith("HTTP/1.1 505", StringComparison.Ordinal);
            },
            iter: 200, threads: 1);
        using var response = await StockCall.To(_axon).SendAsync(_http, _axon.Address);
        Assert.Equal(200, (int)response.StatusCode);
    }

    private async Task<string> RawAsync(byte[] request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", _axon.Address.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(request, TestContext.Current.CancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        var buffer = new byte[64 * 1024];
        var length = 0;
        try
        {
            for (int read; length < buffer.Length && (read = await socket.ReceiveAsync(buffer.AsMemory(length), TestContext.Current.CancellationToken)) > 0;) length += read;
        }
        catch (SocketException)
        {
            return ""; // A reset is an answer too.
        }

        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    private static byte[] Mutate(byte[] source, int at, byte value, int how)
    {
        if (source.Length == 0) return [value];
        var index = at % source.Length;
        return how switch
        {
            0 => [.. source[..index], value, .. source[(index + 1)..]],
            1 => [.. source[..index], value, .. source[index..]],
            _ => source[..index],
        };
    }
}
