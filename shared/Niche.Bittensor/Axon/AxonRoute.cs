using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>One attached synapse, its type hidden from the pipeline.</summary>
internal abstract record AxonRoute(
    Func<AxonCaller, CancellationToken, ValueTask<BlacklistDecision>>? Blacklist, Func<AxonCaller, double>? Priority)
{
    /// <summary>Reads the body as the synapse and checks it against the signed hash; null when it is good.</summary>
    public abstract AxonRefusal? Read(ReadOnlyMemory<byte> body, string signedHash, out Synapse? synapse);

    /// <summary>Runs the handler and writes its answer, or says why not.</summary>
    public abstract Task<AxonRefusal?> RunAsync(HttpContext http, Synapse synapse, AxonExchange exchange, CancellationToken ct);
}

/// <summary>The route of one synapse type. With both handlers set, <paramref name="Streams"/> decides for each request.</summary>
internal sealed record AxonRoute<T>(
    Func<T, AxonCaller, CancellationToken, Task<AxonReply<T>>>? Handler,
    Func<T, AxonCaller, CancellationToken, Task<AxonStreamReply>>? Stream,
    Func<AxonCaller, CancellationToken, ValueTask<BlacklistDecision>>? Blacklist,
    Func<AxonCaller, double>? Priority,
    Func<T, bool>? Streams = null)
    : AxonRoute(Blacklist, Priority)
    where T : Synapse
{
    public override AxonRefusal? Read(ReadOnlyMemory<byte> body, string signedHash, out Synapse? synapse)
    {
        synapse = null;
        try
        {
            if (JsonSerializer.Deserialize<T>(body.Span, SynapseJson.Options) is not { } read)
                return AxonRefusal.Malformed("the body is null");
            if (!string.Equals(BodyHash.Compute(read), signedHash, StringComparison.Ordinal))
                return AxonRefusal.NotVerified("Body hash mismatch: the body is not the one that was signed");
            synapse = read;
            return null;
        }
        catch (JsonException fault)
        {
            return AxonRefusal.Malformed($"the body is not a {typeof(T).Name} (at {fault.Path ?? "$"})");
        }
    }

    public override async Task<AxonRefusal?> RunAsync(HttpContext http, Synapse synapse, AxonExchange exchange, CancellationToken ct)
    {
        if (Handler is not null && Streams?.Invoke((T)synapse) != true)
        {
            var reply = await Handler((T)synapse, exchange.Caller!, ct);
            if (reply.Synapse is null) return new AxonRefusal(reply.StatusCode, reply.StatusMessage, reply.RetryAfter);
            await AxonAnswer.WriteAsync(http, reply.Synapse, synapse, exchange, ct);
            return null;
        }

        var stream = await Stream!((T)synapse, exchange.Caller!, ct);
        if (stream.Pieces is null) return new AxonRefusal(stream.StatusCode, stream.StatusMessage, stream.RetryAfter);
        await AxonAnswer.StreamAsync(http, stream.Pieces, synapse, exchange, ct);
        return null;
    }
}
