using Microsoft.Extensions.DependencyInjection;
using Niche.Triggers.Queues;
using Niche.Triggers.Tests.Rig;

namespace Niche.Triggers.Tests.Binding;

/// <summary>Rule 9: names that stand in the settings, connections, disabled functions.</summary>
public sealed class SettingTests
{
    [Fact]
    public async Task A_queue_name_is_read_from_its_setting()
    {
        await using var engine = await Engine.StartAsync([typeof(Named)], ["Subnet=sn23", "Kind=jobs"]);
        await engine.PutAsync("sn23-jobs", "hello");
        Assert.Equal("hello", (await engine.Probe.NextAsync()).Input);
        await engine.Queues.NextAsync("delete");
    }

    [Fact]
    public async Task A_connection_picks_the_transport_registered_under_its_name_and_others_the_common_one()
    {
        IQueueTransport? archive = null;
        await using var engine = await Engine.StartAsync([typeof(Connected)], ["Where=Archive"], b =>
            b.Services.AddKeyedSingleton<IQueueTransport>("Archive", (s, _) => archive = new InMemoryQueueTransport(s.GetRequiredService<TimeProvider>())));
        await engine.PutAsync("incoming", "hello");
        await engine.Queues.NextAsync("delete");
        Assert.Equal(1, await archive!.ApproximateCountAsync("outgoing", TestContext.Current.CancellationToken));
        Assert.Equal(0, await engine.CountAsync("outgoing"));
        await engine.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("AzureWebJobs.Work.Disabled=true")]
    [InlineData("AzureWebJobs.Work.Disabled=1")]
    [InlineData("AzureWebJobs_Work_Disabled=True")]
    public async Task A_disabled_function_does_not_run(string setting)
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)], [setting]);
        await engine.PutAsync("work", "a");
        await engine.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(engine.Statistics("Work").Disabled);
        Assert.Equal(0, engine.Queues.SeenSoFar("receive"));
    }

    [Theory]
    [InlineData("AzureWebJobs.Work.Disabled=false")]
    [InlineData("AzureWebJobs.Other.Disabled=true")]
    public async Task A_function_that_is_not_disabled_runs(string setting)
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)], [setting]);
        await engine.PutAsync("work", "a");
        Assert.Equal("a", (await engine.Probe.NextAsync()).Input);
    }

    public sealed class Named(Probe probe)
    {
        [Function("Named")]
        public Task Run([QueueTrigger("%Subnet%-%Kind%")] string text, FunctionContext context) => probe.RunAsync(text, context, default);
    }

    public sealed class Connected
    {
        [Function("Connected")]
        [QueueOutput("outgoing", Connection = "%Where%")]
        public string Run([QueueTrigger("incoming")] string text) => text;
    }
}
