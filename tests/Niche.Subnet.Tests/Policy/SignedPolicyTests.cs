using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Niche.Subnet.Errors;
using Niche.Subnet.Policy;

namespace Niche.Subnet.Tests.Policy;

public sealed class SignedPolicyTests
{
    private static readonly byte[] Seed = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly SignedPolicy Document = PolicySigner.Sign(TestPolicy.Default, Seed);

    [Fact]
    public void A_signed_policy_round_trips_and_verifies()
    {
        var read = SignedPolicy.Parse(Document.Write(), [Document.PublicKey]).Require();
        Assert.True(read.Verify());
        Assert.Equal(SignedPolicy.Digest(TestPolicy.Default), SignedPolicy.Digest(read.Policy));
    }

    [Fact]
    public void Order_of_members_and_white_space_do_not_matter()
    {
        var root = JsonNode.Parse(Document.Write())!.AsObject();
        var policy = root["policy"]!.AsObject();
        var reversed = new JsonObject(policy.Reverse().Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        root["policy"] = reversed;
        Assert.True(SignedPolicy.Parse(Encoding.UTF8.GetBytes(root.ToJsonString()), [Document.PublicKey]).IsSuccess);
    }

    [Fact]
    public void A_changed_share_breaks_the_signature()
    {
        var root = JsonNode.Parse(Document.Write())!;
        root["policy"]!["models"]![0]!["emission_shares"]![0]!["share"] = 0.8;
        var result = SignedPolicy.Parse(Encoding.UTF8.GetBytes(root.ToJsonString()), [Document.PublicKey]);
        Assert.Equal(ErrorCodes.InvalidSignature, result.Errors.Single().Code);
    }

    [Fact]
    public void A_valid_signature_of_an_untrusted_key_is_refused() =>
        Assert.Equal("public_key", SignedPolicy.Parse(Document.Write(), [new byte[32]]).Errors.Single().Parameter);

    [Fact]
    public void Any_flipped_byte_is_refused_without_a_crash()
    {
        var file = Document.Write();
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte[1, 255]).Sample(
            change =>
            {
                var broken = (byte[])file.Clone();
                broken[change.Item1] ^= change.Item2;
                var result = SignedPolicy.Parse(broken, [Document.PublicKey]);
                // A change of white space or of the case of hex is no change of the document.
                return !result.IsSuccess || SignedPolicy.Digest(result.Value.Policy) == SignedPolicy.Digest(TestPolicy.Default);
            },
            iter: 300);
    }
}
