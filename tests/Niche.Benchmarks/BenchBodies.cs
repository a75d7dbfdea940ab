using System.Text;
using System.Text.Json;

namespace Niche.Benchmarks;

/// <summary>Bodies as a stock dendrite writes them.</summary>
internal static class BenchBodies
{
    private const int SmallBytes = 1024;

    /// <summary>1 KiB: all base fields, and text for the rest.</summary>
    public static byte[] Small(string uuid, string caller, string axon)
    {
        string Body(string text) => JsonSerializer.Serialize(new
        {
            name = "Bench", timeout = 60.0, total_size = 3365, header_size = 0,
            dendrite = new
            {
                status_code = (int?)null, status_message = (string?)null, process_time = (double?)null, ip = "203.0.113.9", port = (int?)null, version = 10002000,
                nonce = 1795382311096080637, uuid, hotkey = caller, signature = "0x" + new string('0', 128),
            },
            axon = new
            {
                status_code = (int?)null, status_message = (string?)null, process_time = (double?)null, ip = "127.0.0.1", port = 8091, version = (int?)null,
                nonce = (long?)null, uuid = (string?)null, hotkey = axon, signature = (string?)null,
            },
            computed_body_hash = "", text,
        });
        return Encoding.UTF8.GetBytes(Body(new string('t', SmallBytes - Body("").Length)));
    }

    /// <summary>The text of a small body.</summary>
    public static string Text(byte[] body) => JsonDocument.Parse(body).RootElement.GetProperty("text").GetString()!;

    /// <summary>One long text, as of a picture in base64.</summary>
    public static byte[] Large(int bytes) => [.. "{\"text\":\""u8, .. Enumerable.Repeat((byte)'A', bytes - 11), .. "\"}"u8];
}
