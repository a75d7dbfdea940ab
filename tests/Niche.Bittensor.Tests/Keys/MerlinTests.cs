using System.Text;
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
        using var transcript = new MerlinTranscript(Encoding.ASCII.GetBytes(vector.Text("label")));
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

    private static byte[] ChallengeAfter(byte[] message)
    {
        using var transcript = new MerlinTranscript("long"u8);
        transcript.Append("m"u8, message);
        var challenge = new byte[400];
        transcript.Challenge("c"u8, challenge);
        return challenge;
    }
}
