using System.Runtime.CompilerServices;
using System.Text;

namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>Reads server-sent events with bounds on their size, which the parser of the platform lacks.</summary>
internal static class UpstreamEvents
{
    private const int LongestEvent = 1 << 20;
    private const long LongestStream = 256 << 20;

    /// <summary>The data of each event; an <c>error</c> line of llama.cpp's server counts as data.</summary>
    /// <param name="body">The stream.</param>
    /// <param name="silence">Told before each read and after the last.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="UpstreamException">An event is too large, or no text.</exception>
    public static async IAsyncEnumerable<string> ReadAsync(Stream body, Action silence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (buffer, line, data) = (new byte[8192], new List<byte>(), new StringBuilder());
        long total = 0;
        while (true)
        {
            silence();
            var read = await body.ReadAsync(buffer, cancellation);
            if (read == 0) yield break;
            if ((total += read) > LongestStream) throw UpstreamException.Invalid($"a stream of more than {LongestStream} bytes");
            for (var i = 0; i < read; i++)
            {
                if (buffer[i] != '\n')
                {
                    if (line.Count + data.Length >= LongestEvent) throw UpstreamException.Invalid($"an event of more than {LongestEvent} bytes");
                    line.Add(buffer[i]);
                    continue;
                }
                if (Take(line, data) is { } whole) yield return whole;
                line.Clear();
            }
        }
    }

    // An empty line ends an event.
    private static string? Take(List<byte> line, StringBuilder data)
    {
        var text = Text(line);
        if (text.Length == 0)
        {
            if (data.Length == 0) return null;
            var whole = data.ToString();
            data.Clear();
            return whole;
        }
        var value = After(text, "data:") ?? After(text, "error:");
        if (value is null) return null;
        if (data.Length > 0) data.Append('\n');
        data.Append(value);
        return null;
    }

    private static string? After(string line, string field) => !line.StartsWith(field, StringComparison.Ordinal) ? null
        : line.Length > field.Length && line[field.Length] == ' ' ? line[(field.Length + 1)..] : line[field.Length..];

    private static string Text(List<byte> line)
    {
        if (line.Count > 0 && line[^1] == '\r') line.RemoveAt(line.Count - 1);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. line]);
        }
        catch (DecoderFallbackException e)
        {
            throw UpstreamException.Invalid("a stream that is no UTF-8", e);
        }
    }
}
