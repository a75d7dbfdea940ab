using System.Text;
using System.Text.Json;
using CsCheck;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Synapses;

/// <summary>What one end hashes and sends, the other end reads and hashes alike.</summary>
public class SynapseRoundTripTests
{
    private static readonly Gen<string> Text = Gen.String.Where(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text);
    private static readonly Gen<double> Number = Gen.Double.Where(double.IsFinite);

    [Fact]
    public void Every_field_survives() =>
        Gen.Select(Text, Gen.Int.Array[0, 5], Gen.Dictionary(Text, Number)[0, 4], Gen.Bool, Gen.Int, Number)
            .Sample((query, ids, opts, flag, n, f) => Survives(new Required { Query = query, Ids = ids, Opts = opts, Flag = flag, N = n, F = f }));

    [Fact]
    public void Lists_hash_alike_on_both_ends() =>
        Gen.Select(Text.Array[0, 6], Number.Array[0, 6], Gen.Float.Where(float.IsFinite).Array[0, 6]).Sample((texts, numbers, singles) =>
            Survives(new Listed<string> { V = texts }) && Survives(new Listed<double> { V = numbers }) && Survives(new Listed<float> { V = singles }));

    [Fact]
    public void Json_of_any_form_hashes_alike_on_both_ends() =>
        Gen.Select(Text, Number, Gen.Long, Text.Array[0, 3]).Sample((text, number, integer, list) =>
            Survives(new Mixed { V = JsonSerializer.SerializeToElement(new { text, inner = new object[] { number, integer, list, true } }) }));

    private static bool Survives<T>(T synapse)
        where T : Synapse
    {
        var json = JsonSerializer.Serialize(synapse, SynapseJson.Options);
        var read = JsonSerializer.Deserialize<T>(json, SynapseJson.Options)!;
        return JsonSerializer.Serialize(read, SynapseJson.Options) == json && BodyHash.Compute(read) == BodyHash.Compute(synapse);
    }
}
