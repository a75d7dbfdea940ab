using System.Security.Cryptography;
using System.Text;

namespace Niche.Bittensor.Synapses;

/// <summary>The texts that hotkeys sign, as UTF-8 bytes.</summary>
public static class SigningText
{
    /// <summary>What a dendrite signs for a request. Source: SDK 10.2.0, <c>Dendrite.preprocess_synapse_for_request</c>.</summary>
    public static byte[] Request(long nonce, string dendriteHotkey, string axonHotkey, string dendriteUuid, string bodyHash) =>
        Encoding.UTF8.GetBytes(string.Create(null, $"{nonce}.{dendriteHotkey}.{axonHotkey}.{dendriteUuid}.{bodyHash}"));

    /// <summary>What an axon signs on error answers. Source: SDK 10.2.0, <c>AxonMiddleware.preprocess</c>.</summary>
    public static byte[] AxonReply(long nonce, string dendriteHotkey, string axonHotkey, string axonUuid) =>
        Encoding.UTF8.GetBytes(string.Create(null, $"{nonce}.{dendriteHotkey}.{axonHotkey}.{axonUuid}"));

    /// <summary>
    /// What our dendrite signs besides: route and SHA-256 (lower-case hex) of the raw body, which the stock text leaves open to tampering.
    /// </summary>
    public static byte[] BodyBinding(long nonce, string dendriteHotkey, string axonHotkey, string dendriteUuid, string name, string bodySha256) =>
        Encoding.UTF8.GetBytes(string.Create(null, $"{nonce}.{dendriteHotkey}.{axonHotkey}.{dendriteUuid}.POST /{name}.{bodySha256}"));

    /// <summary>SHA-256 of a raw body, lower-case hex.</summary>
    public static string BodySha256(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
