using System.Diagnostics.Metrics;
using Niche.Miner.Status;
using Niche.Miner.Tests.Rig;

namespace Niche.Miner.Tests.Status;

public sealed class LogTests
{
    private const string Secret = "zyxwvut-secret-prompt";

    [Fact]
    public async Task No_prompt_key_or_picture_reaches_the_log_whatever_happens()
    {
        await using var good = await HostileEndpoint.GoodAsync();
        await using var echo = await HostileEndpoint.StartAsync(400, $$"""{"detail":"bad prompt: {{Secret}}"}""");
        await using var broken = await HostileEndpoint.StartAsync(500, Secret);
        foreach (var endpoint in new[] { good, echo, broken })
        {
            await using var rig = await MinerRig.StartAsync([endpoint.Address], options => options with { ExternalIp = "127.0.0.1" });
            await rig.PaintAsync(Ask.Image(prompt: Secret));
            await rig.PaintAsync(Ask.Image(prompt: Secret, steps: 51));
            await rig.PaintAsync(Ask.Image(prompt: Secret), who: "//Stranger");
            await rig.WriteAsync(Ask.Text() with { PromptInput = Secret });

            Assert.NotEmpty(rig.Log.Text);
            Assert.DoesNotContain(Secret, rig.Log.Text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("//Bob", rig.Log.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(HostileEndpoint.Png[..24], rig.Log.Text, StringComparison.Ordinal);
            var status = await rig.Http.GetStringAsync(new Uri(rig.Address, "/status"), TestContext.Current.CancellationToken);
            Assert.DoesNotContain(Secret, status, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_meter_counts_by_synapse_and_outcome()
    {
        await using var good = await HostileEndpoint.GoodAsync();
        await using var rig = await MinerRig.StartAsync([good.Address]);
        var factory = (IMeterFactory)rig.Services.GetService(typeof(IMeterFactory))!;
        var seen = new List<string>();
        using var listener = new MeterListener
        {
            // Other tests run beside this one; only this miner's meter counts.
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == Tally.MeterName && instrument.Meter.Scope == factory && instrument.Name == "niche.miner.requests")
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            lock (seen) seen.Add(string.Join(' ', tags.ToArray().Select(tag => tag.Value)));
        });
        listener.Start();

        await rig.PaintAsync();

        Assert.Equal(["ImageGenerating Served"], seen);
    }
}
