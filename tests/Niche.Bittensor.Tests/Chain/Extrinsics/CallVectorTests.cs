using System.Text.Json;
using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Chain.Extrinsics;

/// <summary>Calls encoded by polkadot-js from the same metadata.</summary>
public class CallVectorTests
{
    [Theory]
    [InlineData("finney_spec393")]
    [InlineData("dev_spec293")]
    public void Every_call_is_encoded_as_polkadot_js_encodes_it(string set)
    {
        var metadata = RealMetadata.For(set);
        foreach (var vector in VectorFile.Full().GetProperty(set).GetProperty("calls").EnumerateArray())
        {
            var (pallet, name) = Split(vector.Text("name"));
            var call = ChainCall.Encode(metadata, pallet, name, JsonArguments.List(vector.GetProperty("args")));
            Assert.Equal(vector.Text("data"), "0x" + Convert.ToHexStringLower(call.Data.Span));
        }
    }

    [Theory]
    [InlineData("finney_spec393")]
    [InlineData("dev_spec293")]
    public void Arguments_by_name_give_the_same_bytes(string set)
    {
        var metadata = RealMetadata.For(set);
        foreach (var vector in VectorFile.Full().GetProperty(set).GetProperty("calls").EnumerateArray())
        {
            var (pallet, name) = Split(vector.Text("name"));
            var named = metadata.GetCall(pallet, name).Fields.Zip(JsonArguments.List(vector.GetProperty("args")))
                .Reverse().ToDictionary(pair => pair.First.Name!, pair => pair.Second);
            Assert.Equal(vector.Text("data"), "0x" + Convert.ToHexStringLower(ChainCall.Encode(metadata, pallet, name, named).Data.Span));
        }
    }

    internal static (string Pallet, string Name) Split(string text)
    {
        var parts = text.Split('(')[0].Split('.');
        return (parts[0], parts[1]);
    }
}
