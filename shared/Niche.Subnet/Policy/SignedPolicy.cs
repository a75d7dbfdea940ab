using System.Security.Cryptography;
using System.Text.Json;
using Niche.Subnet.Canonical;
using Niche.Subnet.Errors;
using Niche.Subnet.Synapses;
using NSec.Cryptography;

namespace Niche.Subnet.Policy;

/// <summary>A policy with the Ed25519 signature of its author over <c>"niche-policy-v1\n" + canonical JSON</c>. As a file:
/// <c>{"policy":{...},"public_key":"hex","signature":"hex"}</c>.</summary>
/// <param name="Policy">Valid policy.</param>
/// <param name="PublicKey">32 bytes.</param>
/// <param name="Signature">64 bytes.</param>
public sealed record SignedPolicy(SubnetPolicy Policy, byte[] PublicKey, byte[] Signature)
{
    private static ReadOnlySpan<byte> Domain => "niche-policy-v1\n"u8;

    /// <summary>Reads a file, checks the policy's rules and that the signature is of a trusted key.</summary>
    /// <param name="utf8">The file, at most <see cref="PolicyJson.MaxBytes"/>.</param>
    /// <param name="trustedKeys">Ed25519 public keys of 32 bytes, configured by the operator.</param>
    public static Result<SignedPolicy> Parse(ReadOnlySpan<byte> utf8, IReadOnlyList<byte[]> trustedKeys)
    {
        if (utf8.Length > PolicyJson.MaxBytes) return new(ErrorCatalogue.BodyTooLarge(PolicyJson.MaxBytes));
        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray(), new JsonDocumentOptions { MaxDepth = 16 });
            return Read(document.RootElement, trustedKeys);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new(ErrorCatalogue.Create(ErrorCodes.InvalidPolicy, $"Not a signed policy document: {e.Message}"));
        }
    }

    /// <summary>Writes the file.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            Policy,
            PublicKey = Convert.ToHexStringLower(PublicKey),
            Signature = Convert.ToHexStringLower(Signature),
        },
        PolicyJson.Options);

    /// <summary>True when the signature belongs to this policy and key.</summary>
    public bool Verify() => Verify(JsonSerializer.SerializeToElement(Policy, PolicyJson.Options), PublicKey, Signature);

    /// <summary>SHA-256 (lower-case hex) of the canonical policy: names the rules that a weight vector was computed by.</summary>
    public static string Digest(SubnetPolicy policy) =>
        Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Write(policy, PolicyJson.Options)));

    internal static byte[] Message(JsonElement policy) => [.. Domain, .. CanonicalJson.Write(policy)];

    private static Result<SignedPolicy> Read(JsonElement root, IReadOnlyList<byte[]> trustedKeys)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("policy", out var policy))
            return new(ErrorCatalogue.Create(ErrorCodes.InvalidPolicy, "'policy' is missing.", "policy"));
        if (Hex(root, "public_key", 32) is not { } publicKey)
            return new(ErrorCatalogue.Create(ErrorCodes.InvalidSignature, "'public_key' must be 64 hex digits.", "public_key"));
        if (Hex(root, "signature", 64) is not { } signature)
            return new(ErrorCatalogue.Create(ErrorCodes.InvalidSignature, "'signature' must be 128 hex digits.", "signature"));
        if (!trustedKeys.Any(key => key.AsSpan().SequenceEqual(publicKey)))
            return new(ErrorCatalogue.Create(ErrorCodes.InvalidSignature, "The key is not among the trusted keys of this validator.", "public_key"));

        // Signed is the policy as we understand it, defaults filled in, so that no member can be read in two ways.
        var read = PolicyJson.Read(CanonicalJson.Write(policy));
        if (!read.IsSuccess) return new(read.Errors);
        var signed = new SignedPolicy(read.Value, publicKey, signature);
        return signed.Verify()
            ? new(signed)
            : new(ErrorCatalogue.Create(ErrorCodes.InvalidSignature, "The signature does not match the policy.", "signature"));
    }

    private static byte[]? Hex(JsonElement root, string name, int bytes) =>
        root.Text(name, bytes * 2) is { } text && text.Length == bytes * 2 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    private static bool Verify(JsonElement policy, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureAlgorithm.Ed25519.SignatureSize
        && NSec.Cryptography.PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key)
        && key is not null
        && SignatureAlgorithm.Ed25519.Verify(key, Message(policy), signature);
}
