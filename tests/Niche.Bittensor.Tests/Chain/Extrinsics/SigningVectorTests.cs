using System.Text.Json;
using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Scale;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Chain.Extrinsics;

/// <summary>Extrinsics built and signed by polkadot-js from the same metadata.</summary>
public class SigningVectorTests
{
    [Theory]
    [InlineData("finney_spec393")]
    [InlineData("dev_spec293")]
    public void Payload_signed_bytes_extrinsic_and_hash_are_those_of_polkadot_js(string set)
    {
        var metadata = RealMetadata.For(set);
        var vectors = VectorFile.Full().GetProperty(set);
        foreach (var vector in vectors.GetProperty("extrinsics").EnumerateArray())
        {
            var call = CallOf(vectors, vector);
            var payload = ExtrinsicPayload.Build(metadata, call, Terms(vectors, vector));
            Assert.Equal(vector.Hex("payload"), payload.Bytes);
            Assert.Equal(vector.Hex("signedBytes"), payload.SignedBytes);
            Assert.Equal(vector.GetProperty("hashedBeforeSigning").GetBoolean(), payload.SignedBytes.Length == 32);
            Assert.True(Sr25519Verifies(vector, payload.SignedBytes));

            var whole = SignedExtrinsic.Assemble(payload, vector.Hex("signerPublicKey"), vector.Hex("signature"));
            Assert.Equal(vector.Hex("extrinsic"), whole.Bytes.ToArray());
            Assert.Equal(vector.Hex("extrinsicHash"), whole.Hash.ToArray());
        }
    }

    [Theory]
    [InlineData("finney_spec393")]
    [InlineData("dev_spec293")]
    public void What_we_sign_differs_from_polkadot_js_only_in_the_signature_and_verifies(string set)
    {
        var metadata = RealMetadata.For(set);
        var vectors = VectorFile.Full().GetProperty(set);
        foreach (var vector in vectors.GetProperty("extrinsics").EnumerateArray())
        {
            using var signer = Keypair.FromUri(vector.Text("signer"));
            var (pallet, name) = CallVectorTests.Split(vector.Text("call"));
            var signed = SignedExtrinsic.Sign(metadata, new ChainCall(pallet, name, CallOf(vectors, vector)), Terms(vectors, vector), signer);
            var (ours, theirs) = (signed.Bytes.ToArray(), vector.Hex("extrinsic"));
            var at = theirs.AsSpan().IndexOf(vector.Hex("signature"));
            Assert.True(Keypair.Verify(signer.PublicKey, vector.Hex("signedBytes"), ours.AsSpan(at, 64)));
            vector.Hex("signature").CopyTo(ours.AsSpan(at));
            Assert.Equal(theirs, ours);
        }
    }

    internal static byte[] CallOf(JsonElement vectors, JsonElement vector) =>
        vectors.GetProperty("calls").EnumerateArray().Single(call => call.Text("name") == vector.Text("call")).Hex("data");

    internal static SigningTerms Terms(JsonElement vectors, JsonElement vector)
    {
        var reader = new ScaleReader(vector.Hex("era"));
        return new SigningTerms(
            vectors.GetProperty("specVersion").GetUInt32(),
            vectors.GetProperty("transactionVersion").GetUInt32(),
            vector.Hex("genesisHash"),
            vector.GetProperty("nonce").GetUInt32(),
            Era.Read(ref reader),
            vector.Hex("blockHash"),
            vector.GetProperty("tip").GetUInt64());
    }

    private static bool Sr25519Verifies(JsonElement vector, byte[] signedBytes) =>
        Keypair.Verify(vector.Hex("signerPublicKey"), signedBytes, vector.Hex("signature"));
}
