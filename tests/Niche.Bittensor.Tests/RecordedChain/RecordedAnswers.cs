using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>What the real runtime of spec 293 answered, byte for byte.</summary>
public sealed class RecordedAnswers
{
    private readonly Dictionary<string, JsonNode> _answers = [];
    private readonly Dictionary<string, NodeRefusalException> _refusals = [];

    public static RecordedAnswers Read()
    {
        var (live, read) = (VectorFile.Full().GetProperty("live_spec293"), new RecordedAnswers());
        foreach (var call in live.GetProperty("runtimeApi").EnumerateArray()) read._answers[Key("state_call", call.Text("method"), call.Text("params"))] = call.Text("result");
        read._answers[Key("state_getStorage", live.GetProperty("axonStorage").Text("key"), "")] = live.GetProperty("axonStorage").Text("raw");
        foreach (var taken in live.GetProperty("accepted").EnumerateArray()) read._answers[Key("author_submitExtrinsic", taken.Text("extrinsic"), "")] = taken.Text("hash");
        foreach (var refused in live.GetProperty("rejected").EnumerateArray())
        {
            // "ERROR code message"
            var parts = refused.Text("result").Split(' ', 3);
            read._refusals[Key("author_submitExtrinsic", refused.Text("extrinsic"), "")] = new NodeRefusalException(int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[2]);
        }

        return read;
    }

    /// <exception cref="NodeRefusalException">The recorded answer is an error.</exception>
    public JsonNode? Find(string method, JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Array || parameters.GetArrayLength() == 0) return null;
        var second = method == "state_call" && parameters.GetArrayLength() > 1 ? parameters[1].ToString() : "";
        var key = Key(method, parameters[0].ToString(), second);
        if (_refusals.TryGetValue(key, out var refusal)) throw refusal;
        return _answers.TryGetValue(key, out var answer) ? answer.DeepClone() : null;
    }

    private static string Key(string method, string first, string second) => $"{method} {first} {second}";
}
