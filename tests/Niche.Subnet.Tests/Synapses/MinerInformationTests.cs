using System.Text;
using System.Text.Json;
using CsCheck;
using Niche.Subnet.Errors;
using Niche.Subnet.Synapses;

namespace Niche.Subnet.Tests.Synapses;

public sealed class MinerInformationTests
{
    // As a stock miner of the reference answers.
    private const string Stock = """
        {"model_name":"niche-scenes","total_volume":40,"size_preference_factor":1.03,"min_stake":1000,"volume_per_validator":{"0":36.5},
         "device_info":{"gpu_device_name":"RTX","gpu_device_count":1},"is_layer_zero":false,"is_layer_one":false}
        """;

    [Fact]
    public void A_stock_answer_is_understood()
    {
        var information = Parse(Stock).Require();
        Assert.Equal(("niche-scenes", 40, 1.03, 1000d), (information.ModelName, information.TotalVolume, information.SizePreferenceFactor, information.MinStake));
        Assert.Equal(["niche-scenes"], information.Models);
        Assert.Equal("RTX", information.DeviceName);
        Assert.Null(information.FreeShare);
    }

    [Fact]
    public void Our_additions_round_trip()
    {
        var information = new MinerInformation
        {
            ModelName = "niche-scenes",
            TotalVolume = 100,
            DeviceName = "cpu",
            DeviceCount = 1,
            Models = ["niche-scenes", "niche-prompt-lm"],
            ModelDigest = new string('a', 64),
            FreeShare = 0.25,
        };
        var read = MinerInformation.Parse(information.ToElement()).Require();
        Assert.Equal(information.Models, read.Models);
        Assert.Equal(information with { Models = read.Models }, read);
    }

    [Fact]
    public void A_layer_zero_miner_points_elsewhere()
    {
        var information = Parse("""{"is_layer_zero":true,"layer_one":{"ip":"10.0.0.7","port":8091}}""").Require();
        Assert.Equal(new LayerOneEndpoint("10.0.0.7", 8091), information.LayerOne);
        Assert.Equal(information, MinerInformation.Parse(information.ToElement()).Require());
    }

    [Fact]
    public void Every_breach_is_named()
    {
        var result = Parse("""{"model_name":7,"total_volume":"many","free_share":2,"model_digest":"xyz","models":[],"is_layer_one":"yes"}""");
        Assert.Equal(
            ["free_share", "is_layer_one", "model_digest", "model_name", "models", "total_volume"],
            result.Errors.Select(e => e.Parameter!["response_dict.".Length..]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"is_layer_zero":true}""")]
    [InlineData("""{"is_layer_zero":true,"layer_one":[1]}""")]
    [InlineData("""{"model_name":"\ud800"}""")]
    [InlineData("""{"model_name":"a","total_volume":1e400}""")]
    [InlineData("""{"model_name":"a","models":["\udfff"]}""")]
    public void Broken_answers_are_typed_errors(string json)
    {
        var result = Parse(json);
        Assert.False(result.IsSuccess);
        Assert.All(result.Errors, e => Assert.Equal(ErrorCodes.InvalidMinerInformation, e.Code));
    }

    [Fact]
    public void Any_json_is_read_without_a_crash() =>
        Gen.Select(Gen.Int[0, Stock.Length - 1], Gen.String[Gen.Char["{}[]:,\"0-9e.\\udtrfnls"], 0, 6]).Sample(
            edit =>
            {
                var text = Stock.Remove(edit.Item1, Math.Min(edit.Item2.Length, Stock.Length - edit.Item1)).Insert(edit.Item1, edit.Item2);
                try
                {
                    using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
                    var result = MinerInformation.Parse(document.RootElement);
                    return result.IsSuccess || result.Errors.Count > 0;
                }
                catch (JsonException)
                {
                    return true;
                }
            },
            iter: 3000);

    private static Result<MinerInformation> Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return MinerInformation.Parse(document.RootElement);
    }
}
