using System.Net;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>Proves who is calling. Everything the proof needs is in the headers, so it costs nothing to a stranger's disadvantage: no body is kept before it.</summary>
internal sealed class CallerVerifier(Keypair hotkey, NonceMemory nonces, bool requireBodyBinding)
{
    private const int MaxUuidLength = 64;

    /// <summary>The caller, or why not: a missing part, a stale nonce, a replay or a wrong signature.</summary>
    public (AxonCaller? Caller, AxonRefusal? Refusal) Verify(SynapseHeaders headers, string name, IPAddress? remote)
    {
        var dendrite = headers.Dendrite;
        if (Missing(headers) is { } missing) return (null, AxonRefusal.NotVerified(missing));
        var timeout = TimeSpan.FromSeconds(Math.Clamp(headers.Timeout ?? 0, 0, 86_400));
        var (nonce, uuid, address) = (dendrite.Nonce!.Value, dendrite.Uuid!, dendrite.Hotkey!);
        if (nonces.CheckWindow(nonce, timeout) is { } stale) return (null, stale);

        var message = SigningText.Request(nonce, address, hotkey.Address, uuid, headers.ComputedBodyHash ?? "");
        if (!Signed(address, message, dendrite.Signature!))
            return (null, AxonRefusal.NotVerified($"Signature mismatch with {System.Text.Encoding.UTF8.GetString(message)} and {dendrite.Signature}"));
        var bound = headers.BodySha256 is not null || headers.BodySignature is not null;
        if (bound && !BodySigned(headers, name)) return (null, AxonRefusal.NotVerified("Body signature mismatch"));
        if (!bound && requireBodyBinding) return (null, AxonRefusal.NotVerified("Missing niche_body_sha256 and niche_body_signature"));
        if (nonces.CheckOrder(address, uuid, nonce) is { } replayed) return (null, replayed);
        return (new AxonCaller(address, uuid, nonce, dendrite.Version!.Value, headers.Timeout is null ? null : timeout, remote, bound), null);
    }

    private static string? Missing(SynapseHeaders headers) => headers.Dendrite switch
    {
        { Nonce: null } => "Missing Nonce",
        { Version: null } => "Missing Version",
        { Signature: null or "" } => "Missing Signature",
        { Uuid: null or "" } => "Missing Uuid",
        { Uuid.Length: > MaxUuidLength } => "Uuid is longer than 64 characters",
        { Hotkey: null or "" } => "Missing Hotkey",

        // The same key has other addresses under other prefixes; lists by address must not be passed by one of those.
        { Hotkey: { } address } when !Ss58.IsBittensorAddress(address) => "Hotkey is not an SS58 address with prefix 42",
        _ => null,
    };

    private bool BodySigned(SynapseHeaders headers, string name) =>
        headers is { BodySha256: { Length: 64 } sha256, BodySignature: { } signature }
        && Signed(
            headers.Dendrite.Hotkey!,
            SigningText.BodyBinding(headers.Dendrite.Nonce!.Value, headers.Dendrite.Hotkey!, hotkey.Address, headers.Dendrite.Uuid!, name, sha256),
            signature);

    private static bool Signed(string address, byte[] message, string signature)
    {
        Span<byte> bytes = stackalloc byte[64];
        return signature.Length == 130
            && signature.StartsWith("0x", StringComparison.Ordinal)
            && Convert.FromHexString(signature.AsSpan(2), bytes, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == 64
            && Keypair.Verify(address, message, bytes);
    }
}
