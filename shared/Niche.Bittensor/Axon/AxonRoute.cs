using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>One attached synapse, its type hidden from the pipeline.</summary>
internal abstract record AxonRoute(
    Func<AxonCaller, CancellationToken, ValueTask<BlacklistDecision>>? Blacklist, Func<AxonCaller, double>? Priority, Func<AxonCaller, TimeSpan?>? Quota)
{
    /// <summary>True when the synapse brings its own digest of path and body.</summary>
    public abstract bool BindsBody { get; }

    /// <summary>Reads the body as the synapse and checks it against the signed hash; null when it is good.</summary>
    /// <param name="body">The raw body.</param>
    /// <param name="signedHash">The <c>computed_body_hash</c> that the signature covers.</param>
    /// <param name="synapse">What was read; give it to <see cref="Release"/> in the end.</param>
    /// <param name="bound">True when the synapse's own digest covers the body.</param>
    public abstract AxonRefusal? Read(ReadOnlyMemory<byte> body, string signedHash, out Synapse? synapse, out bool bound);

    /// <summary>Runs the handler and writes its answer, or says why not.</summary>
    public abstract Task<AxonRefusal?> RunAsync(HttpContext http, Synapse synapse, AxonExchange exchange, CancellationToken ct);

    /// <summary>Gives pooled memory back.</summary>
    public abstract void Release(Synapse? synapse);
}

/// <summary>The route of one synapse type. With both handlers set, <paramref name="Streams"/> decides for each request.</summary>
internal sealed record AxonRoute<T>(
    Func<T, AxonCaller, CancellationToken, Task<AxonReply<T>>>? Handler,
    Func<T, AxonCaller, CancellationToken, Task<AxonStreamReply>>? Stream,
    Func<AxonCaller, CancellationToken, ValueTask<BlacklistDecision>>? Blacklist,
    Func<AxonCaller, double>? Priority,
    Func<AxonCaller, TimeSpan?>? Quota,
    Func<T, bool>? Streams = null)
    : AxonRoute(Blacklist, Priority, Quota)
    where T : Synapse
{
    private readonly SynapseContract _contract = SynapseContract.Of<T>();

    public override bool BindsBody => _contract.BindsBody;

    public override AxonRefusal? Read(ReadOnlyMemory<byte> body, string signedHash, out Synapse? synapse, out bool bound)
    {
        (synapse, bound) = (null, false);
        try
        {
            if (JsonSerializer.Deserialize<T>(body.Span, SynapseJson.Options) is not { } read) return AxonRefusal.Malformed("the body is null");
            synapse = read;
            if (!string.Equals(BodyHash.Compute(read), signedHash, StringComparison.Ordinal)) return AxonRefusal.OtherBody();
            bound = read is BoundSynapse { BodyDigest.Length: > 0 };
            return bound && !string.Equals(BodyDigest.Compute(_contract.Name, body.Span), ((BoundSynapse)(Synapse)read).BodyDigest, StringComparison.Ordinal)
                ? AxonRefusal.OtherBody()
                : null;
        }
        catch (JsonException fault)
        {
            return AxonRefusal.Malformed($"the body is not a {_contract.Name} (at {fault.Path ?? "$"})");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair inside a field of free form: JSON by its grammar, but no text.
            return AxonRefusal.Malformed($"the body is not a {_contract.Name} (a text is not Unicode)");
        }
    }

    public override async Task<AxonRefusal?> RunAsync(HttpContext http, Synapse synapse, AxonExchange exchange, CancellationToken ct)
    {
        if (Handler is not null && Streams?.Invoke((T)synapse) != true)
        {
            var reply = await Handler((T)synapse, exchange.Caller!, ct);
            if (reply.Synapse is not { } answer) return new AxonRefusal(reply.StatusCode, reply.StatusMessage, reply.RetryAfter);
            try
            {
                await AxonAnswer.WriteAsync(http, answer, synapse, exchange, ct);
                return null;
            }
            finally
            {
                _contract.Release(answer);
            }
        }

        var stream = await Stream!((T)synapse, exchange.Caller!, ct);
        if (stream.Pieces is null) return new AxonRefusal(stream.StatusCode, stream.StatusMessage, stream.RetryAfter);
        await AxonAnswer.StreamAsync(http, stream.Pieces, (T)synapse, exchange, ct);
        return null;
    }

    public override void Release(Synapse? synapse) => _contract.Release(synapse);
}
