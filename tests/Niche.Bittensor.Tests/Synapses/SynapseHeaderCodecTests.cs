using CsCheck;
using Niche.Bittensor.Synapses;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Synapses;

public class SynapseHeaderCodecTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char['!', '~'], 1, 60];

    private static readonly Gen<TerminalInfo> Terminal =
        Gen.Select(Gen.Int.Nullable(), Word.Null(), Gen.Double[0, 1e6].Nullable(), Word.Null(), Gen.Int[0, 65535].Nullable(), Gen.Long.Nullable(), Word.Null(), Word.Null())
            .Select((status, message, seconds, ip, port, nonce, uuid, hotkey) => new TerminalInfo
            {
                StatusCode = status, StatusMessage = message, ProcessTime = seconds, Ip = ip, Port = port, Nonce = nonce, Uuid = uuid, Hotkey = hotkey,
            });

    private static readonly string[] Known =
    [
        .. SynapseHeaderCodec.Encode(new SynapseHeaders
        {
            Name = "n", Timeout = 1, HeaderSize = 1, TotalSize = 1, ComputedBodyHash = "h", BodySha256 = "s", BodySignature = "s",
            Axon = new TerminalInfo { StatusCode = 1, StatusMessage = "m", ProcessTime = 1, Ip = "i", Port = 1 },
            Dendrite = new TerminalInfo { Version = 1, Nonce = 1, Uuid = "u", Hotkey = "h", Signature = "s" },
        }).Select(pair => pair.Key),
    ];

    [Fact]
    public void What_is_written_reads_back() =>
        Gen.Select(Word.Null(), Gen.Double[0, 1e4].Nullable(), Terminal, Terminal, Gen.String[0, 40], Gen.Long.Nullable(), Word.Null()).Sample(
            (name, timeout, axon, dendrite, json, size, hash) =>
            {
                var clean = new string(json.Where(c => !char.IsSurrogate(c)).ToArray());
                var headers = new SynapseHeaders
                {
                    Name = name, Timeout = timeout, Axon = axon, Dendrite = dendrite, HeaderSize = size, ComputedBodyHash = hash,
                    InputObjects = new Dictionary<string, string> { ["field"] = clean },
                };
                return SynapseHeaderCodec.TryDecode(SynapseHeaderCodec.Encode(headers), out var read, out _)
                    && read.InputObjects["field"] == clean
                    && read with { InputObjects = headers.InputObjects } == headers;
            });

    [Fact]
    public void Whatever_is_written_fits_a_header_line() =>
        Gen.String[0, 3000].Sample(text => SynapseHeaderCodec
            .Encode(new SynapseHeaders { Axon = new TerminalInfo { StatusMessage = text } })
            .All(pair => pair.Value.Length <= 1024 && pair.Value.All(c => c is >= ' ' and <= '~')));

    [Theory]
    [InlineData("bt_header_dendrite_nonce", "abc")]
    [InlineData("bt_header_dendrite_nonce", "1.5")]
    [InlineData("bt_header_dendrite_version", "99999999999")]
    [InlineData("bt_header_axon_port", "")]
    [InlineData("timeout", "abc")]
    [InlineData("timeout", "nan")]
    [InlineData("header_size", "x")]
    [InlineData("bt_header_input_obj_text", "not base64!")]
    public void A_known_header_without_a_readable_value_is_refused(string name, string value)
    {
        Assert.False(SynapseHeaderCodec.TryDecode([KeyValuePair.Create(name, value)], out _, out var error));
        Assert.Contains(name, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_case_insensitive_and_strangers_are_passed_over()
    {
        Assert.True(SynapseHeaderCodec.TryDecode(
            [KeyValuePair.Create("BT_Header_Dendrite_Nonce", "7"), KeyValuePair.Create("x-other", "?"), KeyValuePair.Create("bt_header_new_thing", "?")],
            out var headers, out _));
        Assert.Equal(7, headers.Dendrite.Nonce);
    }

    [Fact]
    public void Required_fields_travel_as_the_placeholders_of_the_python_sdk()
    {
        var vector = VectorFile.Cases("pythonSide", "bodyHash").Single(v => v.Text("synapse") == "Required").GetProperty("headers");
        var synapse = new Required { Query = "why", Ids = [1], Opts = new Dictionary<string, double>(), Flag = true, N = 3, F = 2.5 };
        var headers = new SynapseHeaders { Name = "Required", Timeout = 12, InputObjects = SynapseContract.Of<Required>().InputObjects(synapse) };
        var written = SynapseHeaderCodec.Encode(headers).ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var expected in vector.EnumerateObject()) Assert.Equal(expected.Value.GetString(), written[expected.Name]);
    }

    [Fact]
    public void Whatever_comes_is_read_or_refused_in_words() =>
        Gen.Select(OneOf([.. Known, "bt_header_input_obj_", "x", ""]), Gen.String[0, 4], Gen.OneOf(Gen.String[0, 1100], Word, Gen.Long.Select(n => $"{n}")))
            .Array[0, 70]
            .Sample(headers =>
            {
                var pairs = headers.Select(header => KeyValuePair.Create(header.Item1 + (header.Item2.Length < 3 ? "" : header.Item2), header.Item3));
                return SynapseHeaderCodec.TryDecode(pairs, out var read, out var error) ? error is null && read.InputObjects.Count <= 64 : error is { Length: < 200 };
            });

    [Fact]
    public void Every_kind_of_required_field_has_the_placeholder_of_its_python_type()
    {
        var kinds = new Kinds { Id = Guid.Empty, Bytes = [], Big = 1, Money = 1, When = DateTimeOffset.UnixEpoch, Map = new Dictionary<string, int>(), Any = [] };
        var expected = new Dictionary<string, string>
        {
            ["id"] = "\"\"", ["bytes"] = "\"\"", ["big"] = "0", ["money"] = "0.0", ["when"] = "\"\"", ["map"] = "{}", ["any"] = "[]",
        };
        Assert.Equal(expected, SynapseContract.Of<Kinds>().InputObjects(kinds));
    }

    private sealed record Kinds : Synapse
    {
        public required Guid Id { get; init; }

        public required byte[] Bytes { get; init; }

        public required System.Numerics.BigInteger Big { get; init; }

        public required decimal Money { get; init; }

        public required DateTimeOffset When { get; init; }

        public required Dictionary<string, int> Map { get; init; }

        public required List<object> Any { get; init; }
    }

    [Fact]
    public void A_synapse_prints_as_its_name_only() =>
        Assert.Equal("OneStr", new OneStr { Prompt = "a secret prompt" }.ToString());

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);
}
