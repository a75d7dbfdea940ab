using System.Text.Json;
using System.Text.Json.Serialization;
using Niche.Bittensor.Keys;
using Niche.Subnet.Canonical;
using Niche.Subnet.Errors;

namespace Niche.Subnet.Receipts;

/// <summary>Signs, writes, reads and verifies receipts. JSON: <c>{"receipt":{...},"signature":"hex"}</c>, snake_case.</summary>
public static class ReceiptCodec
{
    /// <summary>Largest receipt that is read, bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    private const int SignatureBytes = 64;

    private static ReadOnlySpan<byte> Domain => "niche-receipt-v1\n"u8;

    /// <summary>Serializer settings of a receipt.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>Signs a receipt; the time is cut to whole milliseconds, which is what a reader in any language keeps.</summary>
    /// <exception cref="ArgumentException">The receipt names another validator than the key, or breaks its own rules.</exception>
    public static SignedReceipt Sign(Receipt receipt, Keypair validator)
    {
        if (receipt.ValidatorHotkey != validator.Address) throw new ArgumentException("The receipt names another validator.", nameof(receipt));
        var utc = receipt.CreatedAt.ToUniversalTime();
        receipt = receipt with { CreatedAt = utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMillisecond)) };
        var errors = ReceiptRules.Check(receipt);
        if (errors.Count > 0) throw new ArgumentException(errors[0].Detail, nameof(receipt));
        return new SignedReceipt(receipt, Convert.ToHexStringLower(validator.Sign(Message(receipt))));
    }

    /// <summary>True when the signature is of the validator that the receipt names. Whether that validator is one to believe is the caller's question.</summary>
    public static bool Verify(SignedReceipt document)
    {
        if (document.Signature.Length != SignatureBytes * 2 || !document.Signature.All(char.IsAsciiHexDigitLower)) return false;
        return Ss58.IsBittensorAddress(document.Receipt.ValidatorHotkey)
            && Keypair.Verify(document.Receipt.ValidatorHotkey, Message(document.Receipt), Convert.FromHexString(document.Signature));
    }

    /// <summary>Writes a receipt.</summary>
    public static byte[] Write(SignedReceipt document) => JsonSerializer.SerializeToUtf8Bytes(document, Options);

    /// <summary>Reads a stranger's receipt: bounded, every breach named, signature verified. Never throws.</summary>
    public static Result<SignedReceipt> Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes) return new(ErrorCatalogue.BodyTooLarge(MaxBytes));
        SignedReceipt? document;
        try
        {
            document = JsonSerializer.Deserialize<SignedReceipt>(utf8, Options);
        }
        catch (JsonException e)
        {
            return new(ErrorCatalogue.Create(ErrorCodes.InvalidReceipt, $"Not a receipt: {e.Message}", e.Path));
        }

        if (document is null) return new(ErrorCatalogue.Create(ErrorCodes.InvalidReceipt, "The document is null.", "$"));
        var errors = ReceiptRules.Check(document.Receipt);
        if (errors.Count > 0) return new(errors);
        return Verify(document)
            ? new(document)
            : new(ErrorCatalogue.Create(ErrorCodes.InvalidSignature, "The signature does not match the receipt.", "signature"));
    }

    private static byte[] Message(Receipt receipt) => [.. Domain, .. CanonicalJson.Write(receipt, Options)];

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            MaxDepth = 4,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
