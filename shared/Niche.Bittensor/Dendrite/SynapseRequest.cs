using System.Net.Http.Headers;
using System.Text.Json;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Dendrite;

/// <summary>Builds the signed HTTP request of a synapse.</summary>
internal static class SynapseRequest
{
    public static HttpRequestMessage Create<T>(
        T synapse, AxonEndpoint axon, Uri address, Keypair hotkey, DendriteOptions options, TimeSpan timeout, string uuid, long nonce)
        where T : Synapse
    {
        var contract = SynapseContract.Of<T>();
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
        var body = JsonSerializer.SerializeToUtf8Bytes(
            (T)((Synapse)synapse with
            {
                Name = contract.Name, Timeout = timeout.TotalSeconds, Dendrite = dendrite, Axon = target,
                TotalSize = 0, HeaderSize = 0, ComputedBodyHash = "",
            }),
            SynapseJson.Options);

        var bodySha256 = options.BindBody ? SigningText.BodySha256(body) : null;
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

        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, contract.Name)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in SynapseHeaderCodec.Encode(headers)) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static string Sign(Keypair hotkey, byte[] message) => "0x" + Convert.ToHexStringLower(hotkey.Sign(message));
}
