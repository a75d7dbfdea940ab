using System.Security.Cryptography;
using System.Text;

namespace Niche.Bittensor.Synapses;

/// <summary>
/// The <c>computed_body_hash</c>: SHA3-256 over the hex hashes of the required hash fields' Python texts, lower-case hex.
/// Source: Bittensor SDK 10.2.0, <c>Synapse.body_hash</c>.
/// </summary>
public static class BodyHash
{
    /// <summary>The body hash of a synapse.</summary>
    public static string Compute<T>(T synapse)
        where T : Synapse
    {
        ArgumentNullException.ThrowIfNull(synapse);
        return OfTexts(SynapseContract.Of<T>().HashTexts(synapse));
    }

    /// <summary>The body hash of field texts given in hashing order.</summary>
    public static string OfTexts(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var hashes = new StringBuilder();
        foreach (var text in texts) hashes.Append(Hex(text));
        return Hex(hashes.ToString());
    }

    private static string Hex(string text) => Convert.ToHexStringLower(SHA3_256.HashData(Encoding.UTF8.GetBytes(text)));
}
