using System.Text.Json;
using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Scale;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Chain.Extrinsics;

public class ExtrinsicReaderTests
{
    [Theory]
    [InlineData("finney_spec393")]
    [InlineData("dev_spec293")]
    public void Extrinsics_of_polkadot_js_are_read_and_verify_for_their_own_chain_only(string set)
    {
        var metadata = RealMetadata.For(set);
        var vectors = VectorFile.Full().GetProperty(set);
        foreach (var vector in vectors.GetProperty("extrinsics").EnumerateArray())
        {
            var read = ExtrinsicReader.Read(metadata, vector.Hex("extrinsic"));
            var terms = SigningVectorTests.Terms(vectors, vector);
            Assert.Equal(ExtrinsicKind.KeySigned, read.Kind);
            Assert.Equal(vector.Hex("signerPublicKey"), read.SignerKey!.Value.ToArray());
            Assert.Equal((terms.Era, terms.Nonce, terms.Tip), (read.Era, read.Nonce, read.Tip));
            Assert.Equal(vector.Text("call").Split('(')[0], $"{read.Call.Pallet}.{read.Call.Name}");
            Assert.Equal(SigningVectorTests.CallOf(vectors, vector), read.Call.Data.ToArray());
            Assert.Equal(vector.Hex("extrinsicHash"), read.Hash.ToArray());

            Assert.True(Verifies(terms));
            Assert.False(Verifies(terms with { SpecVersion = terms.SpecVersion + 1 }));
            Assert.False(Verifies(terms with { TransactionVersion = 2 }));
            Assert.False(Verifies(terms with { GenesisHash = new byte[32] }));
            Assert.False(Verifies(terms with { EraBlockHash = new byte[32] }));

            bool Verifies(SigningTerms t) =>
                ExtrinsicVerifier.Verifies(metadata, read, t.SpecVersion, t.TransactionVersion, t.GenesisHash, t.EraBlockHash);
        }
    }

    [Theory]
    [InlineData("finney_spec393")]
    [InlineData("dev_spec293")]
    public void Calls_are_read_back_into_the_arguments_they_were_made_of(string set)
    {
        var metadata = RealMetadata.For(set);
        foreach (var vector in VectorFile.Full().GetProperty(set).GetProperty("calls").EnumerateArray())
        {
            var call = DecodedCall.Read(metadata, vector.Hex("data"));
            Assert.Equal(CallVectorTests.Split(vector.Text("name")), (call.Pallet, call.Name));
            var again = ChainCall.Encode(metadata, call.Pallet, call.Name, [.. call.Arguments.Select(argument => argument.Value)]);
            Assert.Equal(vector.Hex("data"), again.Data.ToArray());
            foreach (var (expected, argument) in vector.GetProperty("args").EnumerateArray().Zip(call.Arguments))
                Assert.Equal(Flat(expected), Flat(JsonDocument.Parse(ScaleValueJson.Render(argument.Value)).RootElement));
        }
    }

    [Fact]
    public void What_the_real_runtime_accepted_verifies_where_the_birth_hash_is_known()
    {
        var metadata = RealMetadata.DevV15;
        var genesis = Enumerable.Repeat((byte)0x45, 32).ToArray();
        string[] calls = ["Balances.transfer_keep_alive", "SubtensorModule.burned_register", "Balances.transfer_keep_alive", "SubtensorModule.serve_axon", "System.remark"];
        foreach (var (vector, call) in VectorFile.Full().GetProperty("live_spec293").GetProperty("accepted").EnumerateArray().Zip(calls))
        {
            var read = ExtrinsicReader.Read(metadata, vector.Hex("extrinsic"));
            Assert.Equal(vector.Hex("hash"), read.Hash.ToArray());
            Assert.Equal(vector.Text("label").Contains("mortal 64", StringComparison.Ordinal), read.Era.IsMortal);
            Assert.StartsWith(call, $"{read.Call.Pallet}.{read.Call.Name}", StringComparison.Ordinal);
            if (!read.Era.IsMortal) Assert.True(ExtrinsicVerifier.Verifies(metadata, read, 293, 1, genesis, genesis), vector.Text("label"));
        }
    }

    [Fact]
    public void What_the_real_runtime_rejected_as_bad_proof_does_not_verify_and_the_rest_does()
    {
        var metadata = RealMetadata.DevV15;
        var genesis = Enumerable.Repeat((byte)0x45, 32).ToArray();
        foreach (var vector in VectorFile.Full().GetProperty("live_spec293").GetProperty("rejected").EnumerateArray())
        {
            var read = ExtrinsicReader.Read(metadata, vector.Hex("extrinsic"));
            Assert.Equal(!vector.Text("result").Contains("badProof", StringComparison.Ordinal), ExtrinsicVerifier.Verifies(metadata, read, 293, 1, genesis, genesis));
        }
    }

    [Fact]
    public void Bare_and_general_extrinsics_are_recognised_and_have_no_signature_to_check()
    {
        var metadata = RealMetadata.Finney;
        var call = ChainCall.Encode(metadata, "Timestamp", "set", 1_700_000_000_000UL).Data.ToArray();
        var bare = ExtrinsicReader.Read(metadata, WithLength([0x05, .. call]));
        Assert.Equal((ExtrinsicKind.Bare, 5), (bare.Kind, bare.Format));
        Assert.Equal(1_700_000_000_000UL, bare.Call["now"].AsInteger());
        Assert.Throws<ExtrinsicException>(() => ExtrinsicVerifier.Verifies(metadata, bare, 393, 1, new byte[32], new byte[32]));

        var general = ExtrinsicReader.Read(metadata, WithLength([0x45, 0, 0, 12, 0, 0, .. call]));
        Assert.Equal((ExtrinsicKind.General, 3U), (general.Kind, general.Nonce));
        Assert.Throws<ScaleFormatException>(() => ExtrinsicReader.Read(metadata, WithLength([0x45, 9, 0, 12, 0, 0, .. call])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("04c4")]
    [InlineData("0406")]
    [InlineData("0885")]
    [InlineData("0884ff")]
    [InlineData("0c04fe00")]
    [InlineData("0c0407fe")]
    [InlineData("0804")]
    public void Anything_else_is_refused_in_words(string hex) =>
        Assert.Throws<ScaleFormatException>(() => ExtrinsicReader.Read(RealMetadata.Finney, Convert.FromHexString(hex)));

    [Fact]
    public void Ed25519_signatures_verify_and_a_wish_for_a_metadata_hash_is_refused()
    {
        var metadata = RealMetadata.Finney;
        using var key = Ed25519Keypair.FromSeed(new byte[32]);
        var call = ChainCall.Encode(metadata, "System", "remark", new byte[] { 1, 2, 3 });
        var payload = ExtrinsicPayload.Build(metadata, call.Data, SigningTerms.Immortal(393, 1, new byte[32], 0));
        byte[] body = [0x84, 0, .. key.PublicKey, 0, .. key.Sign(payload.SignedBytes), .. payload.Extra.Span, .. call.Data.Span];
        Assert.True(ExtrinsicVerifier.Verifies(metadata, ExtrinsicReader.Read(metadata, WithLength(body)), 393, 1, new byte[32], new byte[32]));
        Assert.False(ExtrinsicVerifier.Verifies(metadata, ExtrinsicReader.Read(metadata, WithLength(body)), 394, 1, new byte[32], new byte[32]));

        body[^(call.Data.Length + 1)] = 1;
        Assert.Throws<ExtrinsicException>(() => ExtrinsicVerifier.Verifies(metadata, ExtrinsicReader.Read(metadata, WithLength(body)), 393, 1, new byte[32], new byte[32]));
    }

    private static byte[] WithLength(byte[] body) => new ScaleWriter().WriteBytes(body).ToArray();

    // Vectors write bytes as a list of numbers or as hex, big numbers as text: one spelling for all.
    private static string Flat(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Single() is var only ? $"{only.Name}({Flat(only.Value)})" : "",
        JsonValueKind.Array => string.Join(',', element.EnumerateArray().Select(Flat)),
        _ => element.ToString(),
    };
}
