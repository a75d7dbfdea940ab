using System.Net.Http.Headers;
using System.Text.Json;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Dendrite;

/// <summary>Builds the signed HTTP request of a synapse.</summary>
internal static class SynapseRequest
{
    /// <summary>The request; its body lies in the buffer, which the caller disposes after the request.</summary>
    public static HttpRequestMessage Create<T>(
        T synapse, AxonEndpoint axon, Uri address, Keypair hotkey, DendriteOptions options, TimeSpan timeout, string uuid, long nonce, PooledBuffer body)
        where T : Synapse
    {
        var contract = SynapseContract.For(synapse);
        if (contract.BindsBody) synapse = Bind(synapse, contract.Name, options.BindBody);
        var bodyHash = BodyHash.Compute(synapse);
        var dendrite = new TerminalInfo
        {
            Ip = options.ExternalIp,
            Version = options.Version,
            Nonce = nonce,
            Uuid = uuid,
            Hotkey = hotkey.Address,
            Signature = Sign(hotkey, SigningText.Request(nonce, hotkey.Address, axon.Hotkey, uuid, bodyHash)),
        };
        var target = new TerminalInfo { Ip = axon.Ip, Port = axon.Port, Hotkey = axon.Hotkey };
        Write(body, (T)((Synapse)synapse with
        {
            Name = contract.Name, Timeout = timeout.TotalSeconds, Dendrite = dendrite, Axon = target,
            TotalSize = 0, HeaderSize = 0, ComputedBodyHash = "",
        }));

        var bodySha256 = options.BindBody && !contract.BindsBody ? SigningText.BodySha256(body.Written.Span) : null;
        var headers = new SynapseHeaders
        {
            Name = contract.Name,
            Timeout = timeout.TotalSeconds,
            Axon = target,
            Dendrite = dendrite,
            InputObjects = contract.InputObjects(synapse),
            ComputedBodyHash = bodyHash,
            BodySha256 = bodySha256,
            BodySignature = bodySha256 is null
                ? null
                : Sign(hotkey, SigningText.BodyBinding(nonce, hotkey.Address, axon.Hotkey, uuid, contract.Name, bodySha256)),
        };

        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, contract.Name)) { Content = new ReadOnlyMemoryContent(body.Written) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in SynapseHeaderCodec.EncodeSized(headers, body.Length)) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    // The digest leaves itself and the base members out, so it can be made of a body that has neither.
    private static T Bind<T>(T synapse, string name, bool bind)
        where T : Synapse
    {
        var open = (BoundSynapse)(Synapse)synapse with { BodyDigest = "" };
        if (!bind) return (T)(Synapse)open;
        using var body = new PooledBuffer(1024);
        Write(body, (T)(Synapse)open);
        return (T)(Synapse)(open with { BodyDigest = BodyDigest.Compute(name, body.Written.Span) });
    }

    private static void Write<T>(PooledBuffer body, T synapse)
    {
        using var json = new Utf8JsonWriter(body, SynapseJson.Writer);
        JsonSerializer.Serialize(json, synapse, SynapseJson.Options);
    }

    private static string Sign(Keypair hotkey, byte[] message) => "0x" + Convert.ToHexStringLower(hotkey.Sign(message));
}
