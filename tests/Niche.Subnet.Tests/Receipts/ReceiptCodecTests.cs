using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Niche.Bittensor.Keys;
using Niche.Subnet.Errors;
using Niche.Subnet.Receipts;
using Niche.Subnet.Verification;

namespace Niche.Subnet.Tests.Receipts;

public sealed class ReceiptCodecTests : IDisposable
{
    private readonly Keypair alice = Keypair.FromUri("//Alice");
    private readonly Keypair bob = Keypair.FromUri("//Bob");

    [Fact]
    public void A_signed_receipt_round_trips_and_verifies()
    {
        var document = ReceiptCodec.Sign(Receipt(), alice);
        var read = ReceiptCodec.Parse(ReceiptCodec.Write(document)).Require();
        Assert.Equal(document, read);
        Assert.True(ReceiptCodec.Verify(read));
        Assert.Equal(0, read.Receipt.CreatedAt.Ticks % TimeSpan.TicksPerMillisecond);
    }

    [Fact]
    public void The_prompt_is_never_inside()
    {
        var text = Encoding.UTF8.GetString(ReceiptCodec.Write(ReceiptCodec.Sign(Receipt(), alice)));
        Assert.DoesNotContain("lighthouse", text, StringComparison.Ordinal);
        Assert.Contains(Subnet.Receipts.Receipt.Digest("a red lighthouse"), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_seed_another_miner_or_another_signer_is_caught()
    {
        var document = ReceiptCodec.Sign(Receipt(), alice);
        Assert.False(ReceiptCodec.Verify(document with { Receipt = document.Receipt with { Seed = 8 } }));
        Assert.False(ReceiptCodec.Verify(document with { Receipt = document.Receipt with { MinerHotkey = alice.Address } }));
        Assert.False(ReceiptCodec.Verify(document with { Receipt = document.Receipt with { ValidatorHotkey = bob.Address } }));
        Assert.False(ReceiptCodec.Verify(document with { Signature = "00" }));
        Assert.Throws<ArgumentException>(() => ReceiptCodec.Sign(Receipt(), bob));
    }

    [Fact]
    public void Order_of_members_does_not_matter()
    {
        var root = JsonNode.Parse(ReceiptCodec.Write(ReceiptCodec.Sign(Receipt(), alice)))!.AsObject();
        root["receipt"] = new JsonObject(root["receipt"]!.AsObject().Reverse().Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        Assert.True(ReceiptCodec.Parse(Encoding.UTF8.GetBytes(root.ToJsonString())).IsSuccess);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"receipt":null,"signature":""}""")]
    [InlineData("""{"receipt":{},"signature":""}""")]
    public void Garbage_is_a_typed_error(string text) =>
        Assert.Equal(ErrorCodes.InvalidReceipt, ReceiptCodec.Parse(Encoding.UTF8.GetBytes(text)).Errors[0].Code);

    [Fact]
    public void A_huge_receipt_is_not_read() =>
        Assert.Equal(ErrorCodes.BodyTooLarge, ReceiptCodec.Parse(new byte[ReceiptCodec.MaxBytes + 1]).Errors.Single().Code);

    [Fact]
    public void Every_field_out_of_bounds_is_named()
    {
        var root = JsonNode.Parse(ReceiptCodec.Write(ReceiptCodec.Sign(Receipt(), alice)))!;
        root["receipt"]!["id"] = "../x";
        root["receipt"]!["miner_uid"] = 70_000;
        root["receipt"]!["content_sha256"] = "abc";
        root["receipt"]!["similarity"] = 2;
        Assert.Equal(
            ["content_sha256", "id", "miner_uid", "similarity"],
            ReceiptCodec.Parse(Encoding.UTF8.GetBytes(root.ToJsonString())).Errors.Select(e => e.Parameter!).Order());
    }

    [Fact]
    public void Any_flipped_byte_is_refused_without_a_crash()
    {
        var document = ReceiptCodec.Sign(Receipt(), alice);
        var file = ReceiptCodec.Write(document);
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte[1, 255]).Sample(
            change =>
            {
                var broken = (byte[])file.Clone();
                broken[change.Item1] ^= change.Item2;
                var result = ReceiptCodec.Parse(broken);
                return !result.IsSuccess || result.Value.Receipt == document.Receipt;
            },
            iter: 300);
    }

    public void Dispose()
    {
        alice.Dispose();
        bob.Dispose();
    }

    private Receipt Receipt() => new()
    {
        Id = "r1",
        JobId = "j1",
        Model = "niche-scenes",
        ModelDigest = new string('a', 64),
        PromptSha256 = Subnet.Receipts.Receipt.Digest("a red lighthouse"),
        Seed = 7,
        Steps = 20,
        Guidance = 4.5,
        Width = 128,
        Height = 128,
        MinerHotkey = bob.Address,
        MinerUid = 3,
        ValidatorHotkey = alice.Address,
        CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(1234567),
        QueuedMs = 3,
        MinerMs = 240,
        TotalMs = 251,
        Outcome = VerdictOutcome.Verified,
        Reason = ReasonCodes.Match,
        Similarity = 1,
        ContentSha256 = new string('b', 64),
    };
}
