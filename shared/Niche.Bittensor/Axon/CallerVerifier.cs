using System.Buffers;
using System.Net;
using System.Text;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Axon;

/// <summary>
/// Proves who is calling. Everything the proof needs is in the headers, so no body is kept before it; and what can be refused for the
/// price of a look-up is refused before the signature, which costs a hundred times as much.
/// </summary>
internal sealed class CallerVerifier(Keypair hotkey, NonceMemory nonces, PeerStrikes strikes, AxonOptions options)
{
    private const int MaxUuidLength = 64;
    private static readonly SearchValues<char> UuidCharacters = SearchValues.Create(Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c).ToArray());

    /// <summary>The caller, or why not: a missing part, a stale nonce, a replay, a hotkey nobody knows, or a wrong signature.</summary>
    /// <param name="headers">As received.</param>
    /// <param name="name">The route.</param>
    /// <param name="bindsBody">The synapse has its own digest field, which is looked at once the body is there.</param>
    /// <param name="remote">The TCP peer.</param>
    public (AxonCaller? Caller, AxonRefusal? Refusal) Verify(SynapseHeaders headers, string name, bool bindsBody, IPAddress? remote)
    {
        Span<byte> key = stackalloc byte[32];
        if (Missing(headers, key) is { } missing) return (null, AxonRefusal.NotVerified(missing));
        var dendrite = headers.Dendrite;
        var timeout = TimeSpan.FromSeconds(Math.Clamp(headers.Timeout ?? 0, 0, 86_400));
        var (nonce, uuid, address) = (dendrite.Nonce!.Value, dendrite.Uuid!, dendrite.Hotkey!);
        var bound = headers.BodySha256 is not null || headers.BodySignature is not null;
        if (!bound && !bindsBody && options.RequireBodyBinding)
            return (null, AxonRefusal.NotVerified("Missing niche_body_sha256 and niche_body_signature"));
        if ((nonces.CheckWindow(nonce, timeout) ?? nonces.CheckOrder(address, uuid, nonce)) is { } stale) return (null, stale);
        if (options.KnownHotkeys?.Invoke(address) == false) return (null, AxonRefusal.Forbidden("Unrecognized hotkey"));
        if (strikes.WaitOf(remote) is { } wait) return (null, new AxonRefusal(429, "Too many wrong signatures from this address.", wait));

        if (Mismatch(headers, name, key, bound) is { } mismatch)
        {
            strikes.Add(remote);
            return (null, AxonRefusal.NotVerified(mismatch));
        }

        return (new AxonCaller(address, uuid, nonce, dendrite.Version!.Value, headers.Timeout is null ? null : timeout, remote, bound), null);
    }

    private static string? Missing(SynapseHeaders headers, Span<byte> key) => headers.Dendrite switch
    {
        { Nonce: null } => "Missing Nonce",
        { Version: null } => "Missing Version",
        { Signature: null or "" } => "Missing Signature",
        { Uuid: null or "" } => "Missing Uuid",
        { Uuid.Length: > MaxUuidLength } => "Uuid is longer than 64 characters",
        { Uuid: { } uuid } when uuid.AsSpan().ContainsAnyExcept(UuidCharacters) => "Uuid has characters that do not belong there",
        { Hotkey: null or "" } => "Missing Hotkey",

        // The same key has other addresses under other prefixes; lists by address must not be passed by one of those.
        { Hotkey: { } address } when !(Ss58.TryDecode(address, key, out var prefix) && prefix == Ss58.BittensorPrefix) =>
            "Hotkey is not an SS58 address with prefix 42",
        _ => null,
    };

    private string? Mismatch(SynapseHeaders headers, string name, ReadOnlySpan<byte> key, bool bound)
    {
        var dendrite = headers.Dendrite;
        var (nonce, uuid, address) = (dendrite.Nonce!.Value, dendrite.Uuid!, dendrite.Hotkey!);
        var message = SigningText.Request(nonce, address, hotkey.Address, uuid, headers.ComputedBodyHash ?? "");
        if (!Signed(key, message, dendrite.Signature!)) return $"Signature mismatch with {Encoding.UTF8.GetString(message)} and {dendrite.Signature}";
        if (!bound) return null;
        return headers is { BodySha256: { Length: 64 } sha256, BodySignature: { } signature }
            && Signed(key, SigningText.BodyBinding(nonce, address, hotkey.Address, uuid, name, sha256), signature)
            ? null
            : "Body signature mismatch";
    }

    private static bool Signed(ReadOnlySpan<byte> key, byte[] message, string signature)
    {
        Span<byte> bytes = stackalloc byte[64];
        return signature.Length == 130
            && signature.StartsWith("0x", StringComparison.Ordinal)
            && Convert.FromHexString(signature.AsSpan(2), bytes, out _, out var written) == OperationStatus.Done
            && written == 64
            && Keypair.Verify(key, message, bytes);
    }
}
