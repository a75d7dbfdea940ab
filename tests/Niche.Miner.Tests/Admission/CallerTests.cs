using System.Net.Http.Json;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Dendrite;
using Niche.Miner.Tests.Rig;

namespace Niche.Miner.Tests.Admission;

public sealed class CallerTests
{
    [Theory]
    [InlineData("//Stranger", "Forbidden. Key is blacklisted: Unrecognized hotkey.")]
    [InlineData("//NoPermit", "Forbidden. Key is blacklisted: Non-validator hotkey.")]
    [InlineData("//Poor", "Forbidden. Key is blacklisted: Stake is below 1000.")]
    public async Task Who_may_not_ask_is_told_403_and_no_endpoint_is_asked(string who, string words)
    {
        await using var good = await HostileEndpoint.GoodAsync();
        await using var rig = await MinerRig.StartAsync([good.Address], options => options with { MetagraphInterval = TimeSpan.FromMilliseconds(20) });
        await rig.RegisterAsync("//NoPermit", 50_000, permit: false);
        await rig.RegisterAsync("//Poor", 999, permit: true);
        var network = (Network.MetagraphWatch)rig.Services.GetService(typeof(Network.MetagraphWatch))!;
        while (network.Current!.Neurons.Count < 4) await Task.Yield();

        var work = await rig.PaintAsync(who: who);
        var information = await rig.InformAsync(who);

        Assert.Equal((403, words), (work.StatusCode, work.StatusMessage));
        Assert.Equal((403, words), (information.StatusCode, information.StatusMessage));
        Assert.Equal(0, good.Asked);
    }

    [Fact]
    public async Task An_unsigned_request_is_told_401()
    {
        await using var good = await HostileEndpoint.GoodAsync();
        await using var rig = await MinerRig.StartAsync([good.Address]);

        using var response = await rig.Http.PostAsJsonAsync(
            new Uri(rig.Address, "/ImageGenerating"), new { prompt = "x", model_name = "niche-scenes" }, TestContext.Current.CancellationToken);

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal(0, good.Asked);
    }

    [Fact]
    public async Task With_a_data_folder_the_nonces_of_callers_are_on_disk_before_they_are_answered()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"niche-miner-{Guid.NewGuid():N}");
        await using (var good = await HostileEndpoint.GoodAsync())
        await using (var rig = await MinerRig.StartAsync([good.Address], options => options with { DataFolder = folder }))
        {
            Assert.Equal(200, (await rig.PaintAsync()).StatusCode);
            Assert.NotEqual(0, new FileInfo(Path.Combine(folder, "nonces")).Length);
        }

        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(folder, "nonces"), TestContext.Current.CancellationToken));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Before_the_first_metagraph_nobody_is_served()
    {
        await using var good = await HostileEndpoint.GoodAsync();
        await using var rig = await MinerRig.StartAsync([good.Address], options => options with { Chain = ChainAddress.Of(new Uri("http://127.0.0.1:1")) }, wait: false);

        var result = await rig.PaintAsync();

        Assert.Equal((503, SynapseOutcome.ServerError), (result.StatusCode, result.Outcome));
        Assert.NotNull(result.RetryAfter);
        Assert.Equal(0, good.Asked);
    }
}
