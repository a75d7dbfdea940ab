using System.Text.Json;
using Niche.Subnet.Canonical;
using NSec.Cryptography;

namespace Niche.Subnet.Policy;

/// <summary>Signs policies for publication. The key lives with the subnet's owner, never with a validator.</summary>
public static class PolicySigner
{
    /// <summary>Signs a policy with an Ed25519 key of 32 seed bytes.</summary>
    public static SignedPolicy Sign(SubnetPolicy policy, ReadOnlySpan<byte> seed)
    {
        using var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        var signature = SignatureAlgorithm.Ed25519.Sign(key, SignedPolicy.Message(JsonSerializer.SerializeToElement(policy, PolicyJson.Options)));
        return new SignedPolicy(policy, key.PublicKey.Export(KeyBlobFormat.RawPublicKey), signature);
    }
}
