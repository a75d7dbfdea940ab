using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Niche.Functions.Api.Bots;

/// <summary>Reads the bytes of a body as they came, for those who check a signature over them.</summary>
public static class RawBody
{
    /// <summary>Reads up to <paramref name="max"/> bytes and leaves the rest.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int max, CancellationToken ct)
    {
        PipeReader reader = request.BodyReader;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(ct).ConfigureAwait(false);
            if (read.IsCompleted || read.Buffer.Length >= max)
            {
                byte[] body = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, max)).ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
