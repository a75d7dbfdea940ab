using Microsoft.Extensions.Time.Testing;
using Niche.Miner.Tests.Rig;
using Niche.Subnet.Synapses;

namespace Niche.Miner.Tests.Serving;

public sealed class InformationTests(DemoEndpoint endpoint)
{
    [Fact]
    public async Task The_information_is_what_validators_read()
    {
        await using var rig = await MinerRig.StartAsync([endpoint.Address], options => options with { TotalVolume = 60 });

        var result = await rig.InformAsync();

        Assert.True(result.IsSuccess, result.StatusMessage);
        var information = MinerInformation.Parse(result.Response.ResponseDict).Require();
        Assert.Equal(("niche-scenes", 60, 1000.0, 1.0), (information.ModelName, information.TotalVolume, information.MinStake, information.FreeShare));
        Assert.Equal(["niche-scenes", "niche-prompt-lm"], information.Models);
        Assert.Equal(64, information.ModelDigest?.Length);
        Assert.Equal("""{"1":60}""", result.Response.ResponseDict.GetProperty("volume_per_validator").GetRawText());
    }

    [Fact]
    public async Task A_change_of_model_is_told_without_a_restart()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var changing = await HostileEndpoint.GoodAsync();
        await using var rig = await MinerRig.StartAsync([changing.Address], time: time);
        Assert.Equal("niche-scenes", await ModelAsync(rig));

        changing.ModelsJson = """{"models":[{"name":"other-model","kind":"image"}]}""";
        while (await ModelAsync(rig) != "other-model") time.Advance(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Without_any_endpoint_the_information_is_an_honest_503()
    {
        await using var rig = await MinerRig.StartAsync([new Uri("http://127.0.0.1:1")], wait: false);
        while (rig.Services.GetService(typeof(Network.MetagraphWatch)) is Network.MetagraphWatch { Current: null }) await Task.Yield();

        Assert.Equal(503, (await rig.InformAsync()).StatusCode);
    }

    private static async Task<string?> ModelAsync(MinerRig rig)
    {
        var result = await rig.InformAsync();
        Assert.True(result.IsSuccess, result.StatusMessage);
        return result.Response.ResponseDict.GetProperty("model_name").GetString();
    }
}
