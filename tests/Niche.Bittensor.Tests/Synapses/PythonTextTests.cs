using System.Globalization;
using System.Text.Json;
using CsCheck;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Synapses;

public class PythonTextTests
{
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(12.0, "12.0")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(0.000012345, "1.2345e-05")]
    [InlineData(-1234.5, "-1234.5")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(123456789012345.6, "123456789012345.6")]
    [InlineData(9999999999999998.0, "9999999999999998.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1e100, "1e+100")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Floats_read_as_python_writes_them(double value, string text) => Assert.Equal(text, PythonText.OfFloat(value));

    [Fact]
    public void Float_texts_round_trip_and_never_look_like_integers() =>
        Gen.Double.Where(double.IsFinite).Sample(value =>
        {
            var text = PythonText.OfFloat(value);
            return double.Parse(text, CultureInfo.InvariantCulture).Equals(value) && text.AsSpan().ContainsAny(".e");
        });

    [Fact]
    public void A_single_reads_as_the_number_its_json_says() => Assert.Equal("0.1", PythonText.Of(0.1f));

    [Theory]
    [InlineData("\"x\"", "x")]
    [InlineData("null", "None")]
    [InlineData("-0", "0")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1E3", "1000.0")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("[[], {\"a\": {}}]", "[[], {'a': {}}]")]
    [InlineData("[\"\\u0007\\u00a0\\ue000\\u0378\"]", "['\\x07\\xa0\\ue000\\u0378']")]
    [InlineData("[\"\\udbff\\udfff\\r\"]", "['\\U0010ffff\\r']")]
    public void Json_reads_as_python_would_print_it(string json, string text) =>
        Assert.Equal(text, PythonText.Of(JsonDocument.Parse(json).RootElement));

    [Fact]
    public void Records_read_as_the_dictionary_of_their_fields() =>
        Assert.Equal("[{'width': 2, 'name': 'a'}]", PythonText.Of(new[] { new Size(2, "a") }));

    [Fact]
    public void Bytes_read_as_the_base64_that_their_json_is() => Assert.Equal("['aGk=']", PythonText.Of(new[] { "hi"u8.ToArray() }));

    [Fact]
    public void Every_json_has_a_text_or_is_refused_for_half_a_surrogate_pair() =>
        OneOf("[", "]", "{", "}", "\"", ":", ",", "1", "-0", ".5", "e9", "true", "null", "\\ud83d", "\\u0041", "\u00e9", "'", " ").Array[1, 12].Sample(parts =>
        {
            JsonDocument document;
            try
            {
                document = JsonDocument.Parse(string.Concat(parts));
            }
            catch (JsonException)
            {
                return true;
            }

            using (document)
            {
                try
                {
                    return PythonText.Of(document.RootElement) is not null;
                }
                catch (InvalidOperationException)
                {
                    return parts.Contains("\\ud83d");
                }
            }
        }, iter: 20_000);

    [Fact]
    public void Quoted_texts_are_one_line_and_tell_texts_apart() =>
        Gen.Select(Gen.String, Gen.String).Sample((a, b) =>
        {
            var (x, y) = (PythonText.Of(new[] { a }), PythonText.Of(new[] { b }));
            return (x == y) == (a == b) && !x.AsSpan().ContainsAny('\r', '\n');
        });

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private sealed record Size(int Width, string Name);
}
