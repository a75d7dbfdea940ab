using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Benchmarks;

/// <summary>
/// The load beside an axon, in a process of its own: raw sockets, one blocking thread each, one request at a time, every request signed before
/// the clock starts. Headers and body are those of a stock dendrite.
/// </summary>
internal sealed class AxonLoad(AxonLoadOrder order)
{
    private const int NonceLength = 19, SignatureLength = 128;
    private static readonly Keypair Caller = Keypair.FromUri("//bench//caller");

    /// <summary>The process: reads an order from its arguments, prints a report.</summary>
    public static int Run(string order)
    {
        Console.WriteLine(JsonSerializer.Serialize(new AxonLoad(JsonSerializer.Deserialize<AxonLoadOrder>(order)!).Run()));
        return 0;
    }

    /// <summary>Starts that process and waits for its report.</summary>
    public static async Task<AxonLoadReport> StartAsync(AxonLoadOrder order, CancellationToken ct)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(AxonLoad).Assembly.Location);
        start.ArgumentList.Add("load");
        start.ArgumentList.Add(JsonSerializer.Serialize(order));
        using Process process = Process.Start(start)!;
        string report = await process.StandardOutput.ReadToEndAsync(ct).ConfigureAwait(false);
        await process.WaitForExitAsync(ct).ConfigureAwait(false);
        return JsonSerializer.Deserialize<AxonLoadReport>(report)!;
    }

    private AxonLoadReport Run()
    {
        int each = order.Requests / order.Connections;
        Lane[] lanes = [.. Enumerable.Range(0, order.Connections).Select(i => new Lane(order, i, each))];
        Parallel.ForEach(lanes, lane => lane.Sign());
        using Barrier ready = new(lanes.Length);
        Thread[] threads = [.. lanes.Select(lane => new Thread(() => lane.Send(ready)))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        double[] latencies = [.. lanes.SelectMany(lane => lane.Latencies).Order()];
        double seconds = Stopwatch.GetElapsedTime(lanes.Min(lane => lane.Began), lanes.Max(lane => lane.Ended)).TotalSeconds;
        double At(double part) => latencies[Math.Min(latencies.Length - 1, (int)(part * latencies.Length))];
        return new AxonLoadReport(latencies.Length, lanes.Sum(lane => lane.Failures), seconds, At(0.5), At(0.99), At(1));
    }

    private sealed class Lane(AxonLoadOrder order, int index, int requests)
    {
        private readonly byte[] _signed = new byte[requests * (NonceLength + SignatureLength)];
        private readonly string _uuid = $"4464d02e-e6ba-11f1-80a7-{index:x12}";
        private byte[] _request = [];
        private int _nonceAt, _signatureAt;

        public List<double> Latencies { get; } = new(requests);

        public int Failures { get; private set; }

        public long Began { get; private set; }

        public long Ended { get; private set; }

        public void Sign()
        {
            byte[] body = order.Path == "Bench" ? BenchBodies.Small(_uuid, Caller.Address, order.Hotkey) : BenchBodies.Large(order.BodyBytes);
            string hash = order.Path == "Bench" ? BodyHash.OfTexts([BenchBodies.Text(body)]) : BodyHash.OfTexts([]);
            string nonce = new('0', NonceLength), signature = new('0', SignatureLength);
            StringBuilder head = new();
            head.Append(CultureInfo.InvariantCulture, $"POST /{order.Path} HTTP/1.1\r\nHost: 127.0.0.1:{order.Port}\r\n");
            head.Append(CultureInfo.InvariantCulture, $"name: {order.Path}\r\ntimeout: 60.0\r\nbt_header_axon_ip: 127.0.0.1\r\nbt_header_axon_port: {order.Port}\r\n");
            head.Append(CultureInfo.InvariantCulture, $"bt_header_axon_hotkey: {order.Hotkey}\r\nbt_header_dendrite_ip: 203.0.113.9\r\nbt_header_dendrite_version: 10002000\r\n");
            head.Append(CultureInfo.InvariantCulture, $"bt_header_dendrite_nonce: {nonce}\r\nbt_header_dendrite_uuid: {_uuid}\r\nbt_header_dendrite_hotkey: {Caller.Address}\r\n");
            head.Append(CultureInfo.InvariantCulture, $"bt_header_dendrite_signature: 0x{signature}\r\nbt_header_input_obj_text: IiI=\r\nheader_size: 464\r\ntotal_size: 3365\r\n");
            head.Append(CultureInfo.InvariantCulture, $"computed_body_hash: {hash}\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate\r\nUser-Agent: Python/3.11 aiohttp/3.10.11\r\n");
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\nContent-Type: application/json\r\n\r\n");
            string text = head.ToString();
            _nonceAt = text.IndexOf(nonce, StringComparison.Ordinal);
            _signatureAt = text.IndexOf("0x" + signature, StringComparison.Ordinal) + 2;
            _request = [.. Encoding.ASCII.GetBytes(text), .. body];
            long first = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;
            for (int i = 0; i < requests; i++)
            {
                Span<byte> slot = _signed.AsSpan(i * (NonceLength + SignatureLength));
                Utf8Formatter.TryFormat(first + i, slot, out _);
                byte[] made = Caller.Sign(SigningText.Request(first + i, Caller.Address, order.Hotkey, _uuid, hash));
                Encoding.ASCII.GetBytes(Convert.ToHexStringLower(made), slot[NonceLength..]);
            }
        }

        public void Send(Barrier ready)
        {
            using Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(IPAddress.Loopback, order.Port);
            byte[] buffer = new byte[1 << 16];
            ready.SignalAndWait();
            Began = Stopwatch.GetTimestamp();
            double interval = order.Rate == 0 ? 0 : order.Connections * (double)Stopwatch.Frequency / order.Rate;
            for (int i = 0; i < requests; i++)
            {
                // Late is late from the moment the request was due, so that a stall of the axon counts for all who would have come meanwhile.
                long due = Began + (long)(interval * (i + ((double)index / order.Connections)));
                long start = interval == 0 ? Stopwatch.GetTimestamp() : WaitFor(due);
                _signed.AsSpan(i * (NonceLength + SignatureLength), NonceLength).CopyTo(_request.AsSpan(_nonceAt));
                _signed.AsSpan((i * (NonceLength + SignatureLength)) + NonceLength, SignatureLength).CopyTo(_request.AsSpan(_signatureAt));
                for (int sent = 0; sent < _request.Length;) sent += socket.Send(_request.AsSpan(sent));
                if (!Receive(socket, buffer)) Failures++;
                Latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            Ended = Stopwatch.GetTimestamp();
        }

        private static long WaitFor(long due)
        {
            long now = Stopwatch.GetTimestamp();
            if (now >= due) return due;
            while ((now = Stopwatch.GetTimestamp()) < due) Thread.Sleep(1);
            return now;
        }

        private static bool Receive(Socket socket, byte[] buffer)
        {
            int length = 0, end;
            while ((end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0) length += Take(socket, buffer.AsSpan(length));
            ReadOnlySpan<byte> head = buffer.AsSpan(0, end);
            int at = head.IndexOf("Content-Length: "u8) + 16;
            bool good = Utf8Parser.TryParse(head[at..], out int left, out _) && head.StartsWith("HTTP/1.1 200"u8);
            for (left -= length - end - 4; left > 0;) left -= Take(socket, buffer.AsSpan(0, Math.Min(left, buffer.Length)));
            return good;
        }

        private static int Take(Socket socket, Span<byte> buffer) =>
            socket.Receive(buffer) is var read and > 0 ? read : throw new InvalidOperationException("The axon closed the connection.");
    }
}
