using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>Reads request bodies within a bound: to keep, or only to be polite.</summary>
internal static class RequestBody
{
    private const int FirstBytes = 32 * 1024;

    /// <summary>Tells the server the bound and refuses at once what announces itself as larger.</summary>
    public static AxonRefusal? Bound(HttpContext http, long maxBytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = maxBytes;
        return http.Request.ContentLength > maxBytes ? TooLarge(maxBytes) : null;
    }

    /// <summary>The whole body, or why not. The caller disposes the buffer.</summary>
    public static async ValueTask<(PooledBuffer? Body, AxonRefusal? Refusal)> ReadAsync(HttpContext http, long maxBytes, CancellationToken ct)
    {
        var buffer = new PooledBuffer((int)Math.Clamp((http.Request.ContentLength ?? 4095) + 1, 256, FirstBytes));
        AxonRefusal refusal;
        try
        {
            while (true)
            {
                // What a request only announces gets no memory: the rest of a large body is reserved when its beginning has arrived.
                var announced = buffer.Length >= FirstBytes ? (http.Request.ContentLength ?? 0) + 1 - buffer.Length : 0;
                buffer.Reserve((int)Math.Clamp(announced, 1, maxBytes + 1));
                var read = await http.Request.Body.ReadAsync(buffer.GetMemory(), ct);
                if (read == 0) return (buffer, null);
                buffer.Advance(read);
                if (buffer.Length > maxBytes)
                {
                    refusal = TooLarge(maxBytes);
                    break;
                }
            }
        }
        catch (BadHttpRequestException fault)
        {
            refusal = Broken(fault, maxBytes);
        }
        catch (IOException)
        {
            refusal = AxonRefusal.Malformed("the connection broke inside the body");
        }
        catch
        {
            buffer.Dispose();
            throw;
        }

        buffer.Dispose();
        return (null, refusal);
    }

    /// <summary>Reads and forgets: a stock dendrite reports a broken pipe, not our answer, when an error is told before its body was taken.</summary>
    public static async Task DrainAsync(HttpContext http, CancellationToken ct)
    {
        if (http.Request.ContentLength == 0) return;
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
