using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Chain.Ledger;

/// <summary>A signed call to the local ledger.</summary>
/// <param name="Call"><c>register</c>, <c>serve_axon</c> or <c>set_weights</c>.</param>
/// <param name="Netuid">The subnet.</param>
/// <param name="Args">The call's arguments, a JSON object.</param>
/// <param name="Hotkey">SS58 address of the signer.</param>
/// <param name="Nonce">Unix nanoseconds, greater than the hotkey's last.</param>
/// <param name="Signature">0x and 128 hex digits over <see cref="SignedText"/>.</param>
public sealed record LedgerExtrinsic(string Call, ushort Netuid, JsonElement Args, string Hotkey, long Nonce, string Signature)
{
    /// <summary>Builds and signs a call.</summary>
    public static LedgerExtrinsic Sign<TArgs>(string call, ushort netuid, TArgs args, Keypair hotkey, long nonce)
    {
        ArgumentNullException.ThrowIfNull(hotkey);
        var extrinsic = new LedgerExtrinsic(call, netuid, JsonSerializer.SerializeToElement(args, SynapseJson.Options), hotkey.Address, nonce, "");
        return extrinsic with { Signature = "0x" + Convert.ToHexStringLower(hotkey.Sign(extrinsic.SignedText())) };
    }

    /// <summary><c>ledger.{call}.{netuid}.{hotkey}.{nonce}.{SHA-256 of the arguments as they stand in the JSON}</c>.</summary>
    public byte[] SignedText()
    {
        var args = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Args.GetRawText())));
        return Encoding.UTF8.GetBytes(string.Create(null, $"ledger.{Call}.{Netuid}.{Hotkey}.{Nonce}.{args}"));
    }

    /// <summary>True when the hotkey signed exactly this.</summary>
    public bool IsSigned()
    {
        Span<byte> signature = stackalloc byte[64];
        return Signature.Length == 130
            && Signature.StartsWith("0x", StringComparison.Ordinal)
            && Convert.FromHexString(Signature.AsSpan(2), signature, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == 64
            && Ss58.IsBittensorAddress(Hotkey)
            && Keypair.Verify(Hotkey, SignedText(), signature);
    }

    /// <summary>0x and the SHA-256 of signed text and signature; names the extrinsic.</summary>
    public string Hash() => "0x" + Convert.ToHexStringLower(SHA256.HashData([.. SignedText(), .. Encoding.ASCII.GetBytes(Signature)]));
}
