using System.Text;
using System.Text.Json.Nodes;
using Niche.Subnet.Errors;
using Niche.Subnet.Policy;

namespace Niche.Subnet.Tests.Policy;

public sealed class DefaultPolicyTests
{
    [Fact]
    public void The_embedded_policy_is_valid_and_names_the_two_demo_models()
    {
        var policy = DefaultPolicy.Load();
        Assert.Equal(23, policy.Netuid);
        Assert.Equal(["niche-scenes", "niche-prompt-lm"], policy.Models.Select(m => m.Name));
        Assert.Equal([new ImageSize(128, 128)], policy.Find("niche-scenes")!.Sizes);
        Assert.Null(policy.Find("nothing"));
    }

    [Fact]
    public void Writing_and_reading_gives_the_same_document()
    {
        var written = PolicyJson.Write(DefaultPolicy.Load());
        Assert.Equal(written, PolicyJson.Write(PolicyJson.Read(written).Require()));
    }

    [Fact]
    public void All_breaches_are_reported_at_once_with_their_paths()
    {
        var result = Read(root =>
        {
            root["netuid"] = -1;
            root["capacity"]!["interval_seconds"] = 0;
            root["scoring"]!["memory_length"] = 0;
            root["models"]![0]!["steps"]!["default"] = 99;
            root["models"]![0]!["reward_formula"] = "mine";
            root["models"]![1]!["text_bands"] = null;
            root["models"]![1]!["emission_shares"]![0]!["share"] = 0.5;
        });
        string[] expected =
        [
            "netuid", "capacity.interval_seconds", "scoring.memory_length", "models[0].steps.default", "models[0].reward_formula",
            "models[1].text_bands", "models[*].emission_shares",
        ];
        Assert.Equal(expected.Order(), result.Errors.Select(e => e.Parameter!).Order());
        Assert.All(result.Errors, e => Assert.Equal(ErrorCodes.InvalidPolicy, e.Code));
    }

    [Theory]
    [InlineData("models", "null in models")]
    [InlineData("pipelines", "null in pipelines")]
    [InlineData("sizes", "null in sizes")]
    [InlineData("emission_shares", "null in shares")]
    public void Null_list_elements_are_errors_not_crashes(string list, string what)
    {
        var result = Read(root => (list == "models" ? root["models"] : root["models"]![0]![list])!.AsArray().Add(null));
        Assert.False(result.IsSuccess, what);
    }

    [Fact]
    public void A_member_that_nobody_knows_is_refused() => Assert.False(Read(root => root["capacity"]!["max_volume"] = 3).IsSuccess);

    [Fact]
    public void A_member_that_appears_twice_is_refused() =>
        Assert.False(PolicyJson.Read(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(DefaultPolicy.Document()).Replace("\"netuid\": 23", "\"netuid\": 23, \"netuid\": 24", StringComparison.Ordinal))).IsSuccess);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"version\":")]
    [InlineData("{\"version\":\"\\ud800\"}")]
    public void Garbage_is_a_typed_error(string text) => Assert.Equal(ErrorCodes.InvalidPolicy, PolicyJson.Read(Encoding.UTF8.GetBytes(text)).Errors[0].Code);

    [Fact]
    public void Burning_needs_a_hotkey() =>
        Assert.Equal("weights.burn_hotkey", Read(root => root["weights"]!["empty_category"] = "burn").Errors.Single().Parameter);

    private static Result<SubnetPolicy> Read(Action<JsonNode> change)
    {
        var root = JsonNode.Parse(DefaultPolicy.Document())!;
        change(root);
        return PolicyJson.Read(Encoding.UTF8.GetBytes(root.ToJsonString()));
    }
}
