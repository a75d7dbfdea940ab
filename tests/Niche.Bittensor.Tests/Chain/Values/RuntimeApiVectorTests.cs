using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Chain.Values;

/// <summary>Answers of the real runtime with what polkadot-js made of them.</summary>
public class RuntimeApiVectorTests
{
    [Fact]
    public void Answers_are_decoded_as_polkadot_js_decodes_them_and_encoded_back()
    {
        var metadata = RealMetadata.DevV15;
        foreach (var vector in VectorFile.Full().GetProperty("live_spec293").GetProperty("runtimeApi").EnumerateArray())
        {
            var output = metadata.GetApi(vector.Text("method")).Output;
            var value = ScaleValueDecoder.Decode(metadata.Types, output, vector.Hex("result"));
            Same(vector.GetProperty("decoded"), value, vector.Text("method"));
            Assert.Equal(vector.Hex("result"), ScaleValueEncoder.Encode(metadata.Types, output, value, "answer"));
        }
    }

    [Fact]
    public void Arguments_are_encoded_as_the_runtime_takes_them()
    {
        var metadata = RealMetadata.DevV15;
        var method = metadata.GetApi("NeuronInfoRuntimeApi_get_neuron_lite");
        var arguments = method.Inputs.Zip([1, 0]).SelectMany(one => ScaleValueEncoder.Encode(metadata.Types, one.First.Value, one.Second, one.First.Key));
        Assert.Equal([1, 0, 0, 0], arguments);
    }

    private static void Same(JsonElement expected, ScaleValue? actual, string where)
    {
        while (actual is ScaleValue.Optional optional) actual = optional.Value;
        switch (expected.ValueKind)
        {
            case JsonValueKind.Null:
                Assert.Null(actual);
                break;
            case JsonValueKind.Object:
                var fields = Assert.IsType<ScaleValue.Composite>(actual).Fields;
                Assert.Equal(expected.EnumerateObject().Select(property => property.Name), fields.Select(field => Camel(field.Key)));
                foreach (var (name, field) in fields) Same(expected.GetProperty(Camel(name)), field, $"{where}.{name}");
                break;
            case JsonValueKind.Array:
                var items = actual!.Children();
                Assert.Equal(expected.GetArrayLength(), items.Count);
                for (var i = 0; i < items.Count; i++) Same(expected[i], items[i], $"{where}[{i}]");
                break;
            case JsonValueKind.String when actual is ScaleValue.Account account:
                Assert.Equal(expected.GetString(), Ss58.Encode(account.PublicKey.Span));
                break;
            case JsonValueKind.String: // polkadot-js writes what a double can not hold as big-endian hex.
                Assert.Equal(BigInteger.Parse("0" + expected.GetString()![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture), actual!.AsInteger());
                break;
            case JsonValueKind.Number:
                Assert.True(expected.GetInt64() == actual!.AsInteger(), where);
                break;
            default:
                Assert.True(expected.GetBoolean() == actual!.AsBoolean(), where);
                break;
        }
    }

    private static string Camel(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++) text.Append(i > 0 && name[i - 1] == '_' ? char.ToUpperInvariant(name[i]) : name[i]);
        return text.Replace("_", "").ToString();
    }
}
