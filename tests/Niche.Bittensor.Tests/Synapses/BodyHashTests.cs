using System.Numerics;
using System.Text.Json;
using Niche.Bittensor.Synapses;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Synapses;

public class BodyHashTests
{
    [Fact]
    public void Recorded_python_texts_give_the_recorded_hashes()
    {
        var count = 0;
        foreach (var vector in VectorFile.Cases("pythonSide", "bodyHash"))
        {
            var texts = vector.GetProperty("pythonStr").EnumerateArray().Select(text => text.GetString()!);
            Assert.Equal(vector.Text("bodyHash"), BodyHash.OfTexts(texts));
            count++;
        }

        Assert.Equal(15, count);
    }

    [Fact]
    public void Synapses_hash_as_the_python_sdk_hashes_them()
    {
        var cases = new Dictionary<string, string>
        {
            ["Plain"] = BodyHash.Compute(new Plain()),
            ["OneStr"] = BodyHash.Compute(new OneStr { Prompt = "hello" }),
            ["Utf8"] = BodyHash.Compute(new OneStr { Prompt = "h\u00e9llo \u6f22\u5b57 \ud83d\ude00" }),
            ["Empty"] = BodyHash.Compute(new OneStr { Prompt = "" }),
            ["NoneField"] = BodyHash.Compute(new OneStr()),
            ["Ints"] = BodyHash.Compute(new Ints { A = -5, B = new BigInteger(ulong.MaxValue) }),
            ["Floats"] = BodyHash.Compute(new Floats { A = 1, B = 0.1, C = 1e-7, D = 1e16, E = 1.2345678901234568e17 }),
            ["Bools"] = BodyHash.Compute(new Bools { A = true }),
            ["ListInt"] = BodyHash.Compute(new Listed<int> { V = [1, 2, 3] }),
            ["ListStr"] = BodyHash.Compute(new Listed<string>
            {
                V = ["a", "it's", "say \"x\"", "both ' and \"", "tab\t nl\n bs\\", "\u00e9", "\u200b"],
            }),
            ["DictMixed"] = BodyHash.Compute(new Mixed { V = JsonSerializer.SerializeToElement(new { a = 1, b = new object?[] { null, true, 1.5 }, c = new { d = "x" } }) }),
            ["ListFloat"] = BodyHash.Compute(new Listed<double> { V = [0.5, 1, 1e22, -0.0] }),
            ["OrderAB"] = BodyHash.Compute(new OrderAB { A = "1", B = "2" }),
            ["OrderBA"] = BodyHash.Compute(new OrderBA { A = "1", B = "2" }),
            ["Required"] = BodyHash.Compute(new Required
            {
                Query = "why", Ids = [1], Opts = new Dictionary<string, double> { ["a"] = 1.5 }, Flag = true, N = 3, F = 2.5,
            }),
        };
        foreach (var vector in VectorFile.Cases("pythonSide", "bodyHash"))
            Assert.Equal((vector.Text("synapse"), vector.Text("bodyHash")), (vector.Text("synapse"), cases[vector.Text("synapse")]));
    }

    [Fact]
    public void The_signed_texts_and_signatures_of_the_python_sdk_are_ours()
    {
        foreach (var vector in VectorFile.Cases("dendrite"))
        {
            var texts = vector.GetProperty("stringHashFields").EnumerateArray().Select(text => text.GetString()!).ToArray();
            var hash = BodyHash.OfTexts(texts);
            Assert.Equal(vector.Text("bodyHash"), hash);
            var nonce = long.Parse(vector.Text("nonce"), null);
            var message = SigningText.Request(nonce, vector.Text("dendriteHotkey"), vector.Text("axonHotkey"), vector.Text("uuid"), hash);
            Assert.Equal(vector.Text("message"), System.Text.Encoding.UTF8.GetString(message));
            Assert.True(Bittensor.Keys.Keypair.Verify(vector.Text("dendriteHotkey"), message, vector.Hex("signature")));
        }

        var reply = VectorFile.Extract.GetProperty("axonResponseSignature");
        var signed = SigningText.AxonReply(
            long.Parse(reply.Text("nonce"), null), "5Gy1LKtRbh3WPjjLqBAwhLf6qYbDnYEkY1YVDRuhxNKRPpAf", reply.Text("signer"), reply.Text("uuid"));
        Assert.Equal(reply.Text("message"), System.Text.Encoding.UTF8.GetString(signed));
        Assert.True(Bittensor.Keys.Keypair.Verify(reply.Text("signer"), signed, reply.Hex("signature")));
    }

    [Fact]
    public void A_declared_hash_field_must_exist() =>
        Assert.Throws<InvalidOperationException>(() => BodyHash.Compute(new WrongDeclaration()));
}
