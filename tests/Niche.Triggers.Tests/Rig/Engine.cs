using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Niche.Triggers.Builder;
using Niche.Triggers.Execution;
using Niche.Triggers.Queues;

namespace Niche.Triggers.Tests.Rig;

/// <summary>The whole engine as an application builds it, on a fake clock, recorded queues and a free port.</summary>
internal sealed class Engine : IAsyncDisposable
{
    /// <summary>maxPollingInterval unless a test says otherwise.</summary>
    public static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(10);

    /// <summary>What the host gives functions beyond the shutdown deadline.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly IHost _host;
    private bool _stopped;

    private Engine(IHost host, ObservedTime time, RecordingTransport queues, Probe probe, CollectedLog log)
    {
        (_host, Time, Queues, Probe, Log) = (host, time, queues, probe, log);
    }

    public ObservedTime Time { get; }

    public RecordingTransport Queues { get; }

    public Probe Probe { get; }

    public CollectedLog Log { get; }

    public IServiceProvider Services => _host.Services;

    public Uri Url => new(((WebApplication)_host).Urls.First());

    public FunctionStatistics Statistics(string function) => Services.GetRequiredService<TriggerStatistics>().Of(function)!;

    /// <summary>Builds and starts; settings are pairs "key=value", host.json's under "host:".</summary>
    public static async Task<Engine> StartAsync(
        Type[] functions, string[]? settings = null, Action<FunctionsApplicationBuilder>? configure = null, bool tellsArrivals = true)
    {
        var time = new ObservedTime();
        var queues = new RecordingTransport(time) { TellsArrivals = tellsArrivals };
        var (probe, log) = (new Probe(), new CollectedLog());
        var builder = Builder(functions, settings);
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton<TimeProvider>(time).AddSingleton<IQueueTransport>(queues).AddSingleton(probe);
        configure?.Invoke(builder);
        var host = builder.Build();
        var engine = new Engine(host, time, queues, probe, log);
        await host.StartAsync(TestContext.Current.CancellationToken).Soon("the start of the host");
        return engine;
    }

    public static FunctionsApplicationBuilder Builder(Type[] functions, string[]? settings = null)
    {
        // With threshold 0 nobody polls while a message is in flight, so that time cannot run away from under its lease.
        string[] defaults = ["host:extensions:queues:messageEncoding=none", "host:extensions:queues:newBatchThreshold=0", "host:extensions:queues:maxPollingInterval=00:00:10"];
        var args = defaults.Concat(settings ?? []).SelectMany(s => new[]
        {
            "--" + s[..s.IndexOf('=', StringComparison.Ordinal)].Replace("host:", "AzureFunctionsJobHost:", StringComparison.Ordinal),
            s[(s.IndexOf('=', StringComparison.Ordinal) + 1)..],
        });
        var builder = FunctionsApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", "--hostBuilder:reloadConfigOnChange", "false", .. args]).ConfigureFunctionsWebApplication();
        builder.Local.UseFunctions(functions);
        return builder;
    }

    public ValueTask PutAsync(string queue, string text) =>
        Queues.PutAsync(queue, Encoding.UTF8.GetBytes(text), TimeSpan.Zero, null, TestContext.Current.CancellationToken);

    public ValueTask<long> CountAsync(string queue) => Queues.ApproximateCountAsync(queue, TestContext.Current.CancellationToken);

    /// <summary>Text of the visible messages of a queue, which are taken.</summary>
    public async Task<IReadOnlyList<string>> TakeAsync(string queue)
    {
        var items = await Queues.Inner.ReceiveAsync(queue, 32, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return [.. items.Select(i => Encoding.UTF8.GetString(i.Body.Span))];
    }

    /// <summary>Lets time pass, one longest polling interval at each wait, until a function runs.</summary>
    public async Task<ProbeRun> NextRunAsync()
    {
        while (Probe.Pending == 0)
        {
            await Task.WhenAny(Probe.WaitAsync(), Time.AnyWaitAsync(TestContext.Current.CancellationToken)).Soon("a run of a function or a wait on the clock");
            if (Probe.Pending == 0 && Time.TakeWait() is { } wait && wait <= LongestPoll)
                Time.Advance(LongestPoll);
        }

        return await Probe.NextAsync();
    }

    /// <summary>Stops; the token is the shutdown deadline.</summary>
    public Task StopAsync(CancellationToken deadline)
    {
        _stopped = true;
        return _host.StopAsync(deadline).Soon("the stop of the host");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
            await AbandonAsync();
        await ((IAsyncDisposable)_host).DisposeAsync().AsTask().Soon("the end of the host");
    }

    // A test that failed midway leaves functions that nobody lets go on; only the fake clock ends the host's grace for them.
    private async Task AbandonAsync()
    {
        var stop = _host.StopAsync(new CancellationToken(canceled: true));
        while (!stop.IsCompleted)
        {
            await Task.WhenAny(stop, Time.AnyWaitAsync(CancellationToken.None)).Soon("the stop of the host at the end of the test");
            if (Time.TakeWait() is { } wait && wait == Grace)
                Time.Advance(Grace);
        }

        await stop;
    }
}
