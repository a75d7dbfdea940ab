using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Niche.Bittensor.Axon;

/// <summary>Reads request bodies within a bound: to keep, or only to be polite.</summary>
internal static class RequestBody
{
    /// <summary>Tells the server the bound and refuses at once what announces itself as larger.</summary>
    public static AxonRefusal? Bound(HttpContext http, long maxBytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = maxBytes;
        return http.Request.ContentLength > maxBytes ? TooLarge(maxBytes) : null;
    }

    public static async Task<(ReadOnlyMemory<byte> Body, AxonRefusal? Refusal)> ReadAsync(HttpContext http, long maxBytes, CancellationToken ct)
    {
        var buffer = new ArrayBufferWriter<byte>((int)Math.Clamp(http.Request.ContentLength ?? 4096, 256, 1 << 20));
        try
        {
            while (true)
            {
                var read = await http.Request.Body.ReadAsync(buffer.GetMemory(4096), ct);
                if (read == 0) return (buffer.WrittenMemory, null);
                buffer.Advance(read);
                if (buffer.WrittenCount > maxBytes) return (default, TooLarge(maxBytes));
            }
        }
        catch (BadHttpRequestException fault)
        {
            return (default, Broken(fault, maxBytes));
        }
        catch (IOException)
        {
            return (default, AxonRefusal.Malformed("the connection broke inside the body"));
        }
    }

    /// <summary>Reads and forgets: a stock dendrite reports a broken pipe, not our answer, when an error is told before its body was taken.</summary>
    public static async Task DrainAsync(HttpContext http, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            while (await http.Request.Body.ReadAsync(buffer, ct) > 0)
            {
            }
        }
        catch (IOException)
        {
            http.Response.Headers.Connection = "close"; // Longer than allowed or broken: the rest can not be taken, the answer can still be tried.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static AxonRefusal Broken(BadHttpRequestException fault, long maxBytes) => fault.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => TooLarge(maxBytes),
        StatusCodes.Status408RequestTimeout => new AxonRefusal(408, "The body came too slowly."),
        _ => AxonRefusal.Malformed("the body could not be read"),
    };

    private static AxonRefusal TooLarge(long maxBytes) => new(413, string.Create(null, $"The body is larger than {maxBytes} bytes."));
}
