using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Dendrite;
using Niche.Miner.Admission;
using Niche.Miner.Tests.Rig;

namespace Niche.Miner.Tests.Admission;

public sealed class QuotaTests
{
    [Fact]
    public async Task Beyond_its_share_a_validator_is_told_429_and_when_to_come_back()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var good = await HostileEndpoint.GoodAsync();
        await using var rig = await MinerRig.StartAsync(
            [good.Address], options => options with { TotalVolume = 40, Interval = TimeSpan.FromSeconds(80) }, time: time);

        for (var i = 0; i < 40; i++) Assert.Equal(200, (await rig.PaintAsync()).StatusCode);
        var refused = await rig.PaintAsync();

        Assert.Equal((429, TimeSpan.FromSeconds(2)), (refused.StatusCode, refused.RetryAfter));
        Assert.Equal(40, good.Asked);
        time.Advance(refused.RetryAfter!.Value);
        Assert.Equal(200, (await rig.PaintAsync()).StatusCode);
        Assert.Equal(429, (await rig.PaintAsync()).StatusCode);
    }

    [Fact]
    public async Task Refused_and_failed_requests_cost_nothing()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var failing = await HostileEndpoint.StartAsync(500, "");
        await using var rig = await MinerRig.StartAsync([failing.Address], time: time);

        for (var i = 0; i < 30; i++) Assert.Equal(400, (await rig.PaintAsync(Ask.Image(steps: 51))).StatusCode);
        for (var i = 0; i < 30; i++) Assert.Equal(502, (await rig.PaintAsync()).StatusCode);
    }

    [Fact]
    public void Every_hotkey_has_a_bucket_of_its_own()
    {
        var book = new QuotaBook(TimeSpan.FromSeconds(10), new FakeTimeProvider());

        Assert.Null(book.Take("a", 1));
        Assert.NotNull(book.Take("a", 1));
        Assert.Null(book.Take("b", 1));
        book.GiveBack("a");
        Assert.Null(book.Take("a", 1));
        Assert.Equal(TimeSpan.FromSeconds(10), book.Take("nobody", 0));
    }

    [Fact]
    public async Task A_forged_hotkey_does_not_use_up_the_quota_of_its_owner()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var good = await HostileEndpoint.GoodAsync();
        await using var rig = await MinerRig.StartAsync([good.Address], time: time);
        using var eve = Niche.Bittensor.Keys.Keypair.FromUri("//Eve");
        var forger = new HttpClient(new Forger("//Alice") { InnerHandler = DendriteClient.CreateHandler() });
        using (forger)
        {
            var dendrite = new DendriteClient(eve, forger, time);
            for (var i = 0; i < 50; i++)
                Assert.Equal(401, (await dendrite.CallAsync(rig.Axon, Ask.Image(), Ask.Patience, TestContext.Current.CancellationToken)).StatusCode);
        }

        Assert.Equal(200, (await rig.PaintAsync()).StatusCode);
    }

    private sealed class Forger(string victim) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var key = Niche.Bittensor.Keys.Keypair.FromUri(victim);
            request.Headers.Remove("bt_header_dendrite_hotkey");
            request.Headers.TryAddWithoutValidation("bt_header_dendrite_hotkey", key.Address);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
