using System.Text;
using CsCheck;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Keys;

public class MerlinTests
{
    [Fact]
    public void Transcript_gives_the_published_challenge()
    {
        var vector = VectorFile.Extract.GetProperty("pythonSide").GetProperty("merlin");
        var append = vector.GetProperty("append");
        var transcript = new MerlinTranscript(Encoding.ASCII.GetBytes(vector.Text("label")));
        transcript.Append(Encoding.ASCII.GetBytes(append[0].GetString()!), Encoding.ASCII.GetBytes(append[1].GetString()!));

        var challenge = new byte[32];
        transcript.Challenge(Encoding.ASCII.GetBytes(vector.Text("challengeLabel")), challenge);

        Assert.Equal(vector.Hex("challenge32"), challenge);
    }

    [Fact]
    public void Messages_longer_than_one_block_reach_the_state()
    {
        Assert.NotEqual(ChallengeAfter(new byte[1000]), ChallengeAfter([.. new byte[999], 1]));
        Assert.Equal(ChallengeAfter(new byte[1000]), ChallengeAfter(new byte[1000]));
    }

    [Fact]
    public void Pieces_of_a_message_say_what_the_whole_says() => Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[0, 400], Gen.Int[0, 400]).Sample(
        (message, first, second) =>
        {
            var (a, b) = (Math.Min(first, message.Length), Math.Min(second, message.Length));
            if (a > b) (a, b) = (b, a);
            var transcript = new MerlinTranscript("long"u8);
            transcript.Append("m"u8, message.AsSpan(0, a), message.AsSpan(a, b - a), message.AsSpan(b));
            var challenge = new byte[400];
            transcript.Challenge("c"u8, challenge);
            return challenge.AsSpan().SequenceEqual(ChallengeAfter(message));
        },
        iter: 300);

    [Fact]
    public void A_witness_depends_on_secret_entropy_and_transcript_each_alone()
    {
        byte[] zeros = new byte[32], ones = [.. zeros.Select(_ => (byte)1)];
        byte[][] all = [Witness("a"u8, zeros, zeros), Witness("b"u8, zeros, zeros), Witness("a"u8, ones, zeros), Witness("a"u8, zeros, ones)];
        Assert.Equal(4, all.Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(all[0], Witness("a"u8, zeros, zeros));
    }

    private static byte[] Witness(ReadOnlySpan<byte> said, byte[] secret, byte[] entropy)
    {
        var transcript = new MerlinTranscript("witness"u8);
        transcript.Append("m"u8, said);
        var witness = new byte[64];
        transcript.Witness("w"u8, secret, entropy, witness);
        return witness;
    }

    private static byte[] ChallengeAfter(byte[] message)
    {
        var transcript = new MerlinTranscript("long"u8);
        transcript.Append("m"u8, message);
        var challenge = new byte[400];
        transcript.Challenge("c"u8, challenge);
        return challenge;
    }
}
