using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Tests.Chain.Extrinsics;

/// <summary>The real metadata with extensions that no runtime has yet.</summary>
public class UnknownExtensionTests
{
    [Fact]
    public void An_unknown_extension_without_bytes_changes_nothing()
    {
        var real = RealMetadata.Finney;
        var empty = real.Extrinsic.Extensions.Single(extension => extension.Identifier == "DrandPriority");
        var changed = With(real, new ExtensionInfo("NeverHeardOf", empty.Extra, empty.Additional));
        var call = ChainCall.Encode(real, "System", "remark", "0x01");
        var terms = SigningTerms.Immortal(393, 1, new byte[32], 7);
        Assert.Equal(ExtrinsicPayload.Build(real, call.Data, terms).Bytes, ExtrinsicPayload.Build(changed, call.Data, terms).Bytes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_unknown_extension_with_bytes_is_named_and_nothing_is_signed(bool inExtrinsic)
    {
        var real = RealMetadata.Finney;
        var nonce = real.Extrinsic.Extensions.Single(extension => extension.Identifier == "CheckNonce");
        var changed = With(real, inExtrinsic ? new("NeverHeardOf", nonce.Extra, nonce.Additional) : new("NeverHeardOf", nonce.Additional, nonce.Extra));
        using var alice = Keypair.FromUri("//Alice");
        var call = ChainCall.Encode(real, "System", "remark", "0x01");
        var refusal = Assert.Throws<ExtrinsicException>(() => SignedExtrinsic.Sign(changed, call, SigningTerms.Immortal(393, 1, new byte[32], 7), alice));
        Assert.Contains("NeverHeardOf", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_runtime_without_format_4_is_refused_in_words()
    {
        var real = RealMetadata.Finney;
        var changed = new RuntimeMetadata(16, real.Types, real.Pallets, real.Extrinsic with { Versions = [5] }, real.ApiMethods);
        using var alice = Keypair.FromUri("//Alice");
        var call = ChainCall.Encode(real, "System", "remark", "0x01");
        Assert.Contains("format 5", Assert.Throws<ExtrinsicException>(
            () => SignedExtrinsic.Sign(changed, call, SigningTerms.Immortal(393, 1, new byte[32], 7), alice)).Message, StringComparison.Ordinal);
    }

    private static RuntimeMetadata With(RuntimeMetadata real, ExtensionInfo extra) => new(
        real.Version, real.Types, real.Pallets, real.Extrinsic with { Extensions = [.. real.Extrinsic.Extensions, extra] }, real.ApiMethods);
}
