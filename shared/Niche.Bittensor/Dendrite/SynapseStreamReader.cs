using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Niche.Bittensor.Dendrite;

/// <summary>Yields a streamed answer's text as it arrives, within bounds, and reports its end.</summary>
internal static class SynapseStreamReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async IAsyncEnumerator<string> ReadAsync(
        SynapseStream stream, Func<DendriteCall> begin, Func<DendriteCall, Task<CallEnd?>> send, long maxBytes, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var call = begin();
        TimeSpan? firstPiece = null;
        CallEnd? end = null;
        try
        {
            end = await send(call) ?? await call.GuardAsync(token => BeginAsync(call, token), fault => fault);
            if (end is not null) yield break;
            await foreach (var (piece, fault) in PiecesAsync(call, maxBytes, ct))
            {
                end = fault;
                if (piece.Length == 0) continue;
                firstPiece ??= call.Elapsed;
                yield return piece;
            }
        }
        finally
        {
            end ??= new CallEnd(499, "The stream was left before its end", SynapseOutcome.Cancelled);
            stream.Complete(new StreamCompletion(end.StatusCode, end.StatusMessage, end.Outcome, call.Elapsed, firstPiece, call.RetryAfter));
        }
    }

    // Null when a good stream has begun.
    private static async Task<CallEnd?> BeginAsync(DendriteCall call, CancellationToken ct)
    {
        var response = call.Response!;
        if (response.StatusCode != HttpStatusCode.OK) return await SynapseResponseReader.ReadFailureAsync(response, call.Headers, ct);
        return call.Headers.Axon.StatusCode switch
        {
            200 => null,
            null => CallEnd.Malformed("no axon status"),
            { } stated => CallEnd.Stated(stated, call.Headers.Axon.StatusMessage),
        };
    }

    // Every element but the last carries text only; the last carries the end.
    private static async IAsyncEnumerable<(string Piece, CallEnd? End)> PiecesAsync(
        DendriteCall call, long maxBytes, [EnumeratorCancellation] CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var decoder = StrictUtf8.GetDecoder();
        var buffer = new byte[8192];
        var chars = new char[StrictUtf8.GetMaxCharCount(buffer.Length)];
        var total = 0L;
        Stream? body = null;
        while (true)
        {
            CallEnd? broken = null;
            var read = await call.GuardAsync(
                async token => await (body ??= await call.Response!.Content.ReadAsStreamAsync(token)).ReadAsync(buffer, token),
                fault =>
                {
                    broken = fault;
                    return 0;
                });
            total += read;
            if (total > maxBytes) broken = CallEnd.TooLarge(maxBytes);
            var text = broken is null ? Decode(decoder, buffer.AsSpan(0, read), chars, ref broken) : "";
            if (broken is null && read == 0) broken = new CallEnd(200, "Success", SynapseOutcome.Success);
            yield return (text, broken);
            if (broken is not null) yield break;
        }
    }

    private static string Decode(Decoder decoder, ReadOnlySpan<byte> bytes, char[] chars, ref CallEnd? fault)
    {
        try
        {
            return new string(chars, 0, decoder.GetChars(bytes, chars, flush: bytes.IsEmpty));
        }
        catch (DecoderFallbackException)
        {
            fault = CallEnd.Malformed("the stream is not UTF-8");
            return "";
        }
    }
}
