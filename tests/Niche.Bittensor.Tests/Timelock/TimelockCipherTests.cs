using System.Security.Cryptography;
using System.Text.Json;
using CsCheck;
using Niche.Bittensor.Bls12381;
using Niche.Bittensor.Tests.Bls12381;
using Niche.Bittensor.Tests.Vectors;
using Niche.Bittensor.Timelock;

namespace Niche.Bittensor.Tests.Timelock;

public class TimelockCipherTests
{
    private static readonly JsonElement Vector = VectorFile.Extract.GetProperty("timelock");

    /// <summary>The first was decrypted by a real runtime; the second carries the hotkey.</summary>
    public static TheoryData<string> Recorded => ["accepted", "v4"];

    private static byte[] Signature => Vector.Hex("signature");

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Recorded_secrets_lead_to_the_recorded_values_step_by_step(string name)
    {
        var inter = Of(name).GetProperty("inter");
        var r = SHA256.HashData([.. inter.Hex("sigma"), .. inter.Hex("key")]);
        Assert.Equal(inter.Text("r"), "0x" + Convert.ToHexStringLower(CurveTests.Bytes(CurveTests.Number(r) % CurveTests.Order)));

        var identity = DrandQuicknet.Identity(Of(name).GetProperty("round").GetUInt64());
        Assert.Equal(inter.Text("qid"), Convert.ToHexStringLower(CurveTests.Encoded(identity)));

        var value = new byte[Fp12.ByteLength];
        Pairing.Compute(identity, DrandQuicknet.KeyPoint.Multiply(r)).WriteLittleEndian(value);
        Assert.Equal(inter.Text("gt"), Convert.ToHexStringLower(value));
        Assert.Equal(inter.Text("gt_sha256"), Convert.ToHexStringLower(SHA256.HashData(value)));
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Recorded_secrets_give_the_recorded_ciphertext(string name)
    {
        var vector = Of(name);
        var inter = vector.GetProperty("inter");
        var made = TimelockCipher.EncryptWith(
            vector.Hex("payload"), vector.GetProperty("round").GetUInt64(), inter.Hex("key"), inter.Hex("sigma"), inter.Hex("nonce"));
        Assert.Equal(vector.Text("ciphertext"), Convert.ToHexStringLower(made.ToBytes()));
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void The_signature_of_the_round_opens_the_recorded_ciphertext(string name)
    {
        var vector = Of(name);
        Assert.Equal(vector.Hex("payload"), TimelockCipher.Decrypt(TimelockCiphertext.Parse(vector.Hex("ciphertext")), Signature));
    }

    [Fact]
    public void What_is_locked_to_a_round_its_signature_opens() => Gen.Byte.Array[0, 600].Sample(
        message =>
        {
            var bytes = TimelockCipher.Encrypt(message, 1000).ToBytes();
            return bytes.Length == TimelockCiphertext.Overhead + message.Length
                && TimelockCipher.Decrypt(TimelockCiphertext.Parse(bytes), Signature).AsSpan().SequenceEqual(message);
        },
        iter: 10);

    [Fact]
    public void The_signature_of_another_round_opens_nothing() =>
        Assert.Contains(
            "another round",
            Assert.Throws<TimelockException>(() => TimelockCipher.Decrypt(TimelockCipher.Encrypt([1, 2, 3], 1001), Signature)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Two_locks_of_one_message_share_nothing_but_their_form()
    {
        var (first, second) = (TimelockCipher.Encrypt([1, 2, 3], 1000), TimelockCipher.Encrypt([1, 2, 3], 1000));
        Assert.NotEqual(first.Point, second.Point);
        Assert.NotEqual(first.V, second.V);
        Assert.NotEqual(first.W, second.W);
        Assert.NotEqual(first.Sealed, second.Sealed);
    }

    [Fact]
    public void Every_changed_bit_is_noticed()
    {
        var good = Vector.Hex("ciphertext");
        Gen.Int[0, (good.Length * 8) - 1].Sample(
            bit =>
            {
                var bytes = good.ToArray();
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.Throws<TimelockException>(() => TimelockCipher.Decrypt(TimelockCiphertext.Parse(bytes), Signature));
            },
            iter: 60);
    }

    [Fact]
    public void Any_bytes_are_a_ciphertext_that_reads_back_or_are_refused_in_words() =>
        Gen.OneOf(Gen.Byte.Array[0, 400], Gen.Int[0, 300].Select(cut => Vector.Hex("ciphertext")[..Math.Min(cut, 262)]), Shuffled()).Sample(
            bytes =>
            {
                try
                {
                    return TimelockCiphertext.Parse(bytes).ToBytes().AsSpan().SequenceEqual(bytes);
                }
                catch (TimelockException refusal)
                {
                    return refusal.Message.Length > 20;
                }
            },
            iter: 3000);

    [Theory]
    [InlineData(0)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(96)]
    public void Bytes_that_are_no_point_are_no_signature(int length)
    {
        var ciphertext = TimelockCiphertext.Parse(Vector.Hex("ciphertext"));
        Assert.Throws<TimelockException>(() => TimelockCipher.Decrypt(ciphertext, new byte[length]));
    }

    [Fact]
    public void The_point_at_infinity_opens_nothing()
    {
        byte[] infinity = [0xC0, .. new byte[47]];
        Assert.Throws<TimelockException>(() => TimelockCipher.Decrypt(TimelockCiphertext.Parse(Vector.Hex("ciphertext")), infinity));
        byte[] bytes = [0xC0, .. new byte[95], .. Vector.Hex("ciphertext")[96..]];
        Assert.Throws<TimelockException>(() => TimelockCipher.Decrypt(TimelockCiphertext.Parse(bytes), Signature));
    }

    private static JsonElement Of(string name) => name == "v4" ? Vector.GetProperty("v4") : Vector;

    // The right bytes with one of them changed.
    private static Gen<byte[]> Shuffled() => Gen.Select(Gen.Int[0, 261], Gen.Byte, (at, value) =>
    {
        var bytes = Vector.Hex("ciphertext");
        bytes[at] = value;
        return bytes;
    });
}
