using Azure.Storage.Queues;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Niche.FunctionsHost.Triggers;

namespace Niche.FunctionsHost;

/// <summary>
/// A small Functions host for tests: starts an isolated worker, speaks the host's side of the worker protocol with it, and serves its HTTP, queue and
/// timer triggers. It stands in for <c>func start</c> where Core Tools cannot be had; it has no scaling, no keys and no other bindings.
/// </summary>
public sealed class WorkerHost : IAsyncDisposable
{
    // Shorter than host.json's visibilityTimeout, so that a test sees the second try.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly WorkerStream _stream = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Worker _worker;
    private readonly HttpFront _front;
    private readonly List<Task> _loops = [];
    private readonly Dictionary<string, TimerLoop> _timers = [];
    private WebApplication? _rpc, _http;
    private WorkerProcess? _process;

    private WorkerHost(string app)
    {
        _worker = new Worker(_stream, Path.GetDirectoryName(app)!);
        _front = new HttpFront(_worker);
    }

    /// <summary>Where the functions answer.</summary>
    public Uri Address => new(_http!.Urls.Single());

    public IReadOnlyList<HostedFunction> Functions => _worker.Functions;

    /// <summary>What the worker printed and complained about.</summary>
    public string Output => $"{_process?.Output}\n{string.Join('\n', _stream.Complaints)}";

    /// <summary>Starts the app with all its triggers.</summary>
    /// <param name="app">The worker's assembly.</param>
    /// <param name="storage">Connection string of the storage that holds its queues.</param>
    /// <param name="settings">The app's settings, spelt as environment variables.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<WorkerHost> StartAsync(string app, string storage, IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        WorkerHost host = new(app);
        try
        {
            await host.StartCoreAsync(app, storage, settings, ct);
            return host;
        }
        catch (Exception e)
        {
            string output = host.Output;
            await host.DisposeAsync();
            throw new InvalidOperationException($"The worker did not start: {e.Message}\n{output}", e);
        }
    }

    /// <summary>Runs a timer function now.</summary>
    public Task FireAsync(string timer, CancellationToken ct) => _timers[timer].FireAsync(ct);

    /// <summary>Asks the worker to end, as the host does when it scales in, and returns its exit code.</summary>
    public async Task<int> TerminateAsync(CancellationToken ct)
    {
        await _worker.TerminateAsync(ct);
        await _process!.Exited.WaitAsync(ct);
        return _process.ExitCode;
    }

    /// <summary>Kills the worker in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.Exited;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_process is not null) await _process.DisposeAsync();
        await Task.WhenAll(_loops).ContinueWith(_ => { }, TaskScheduler.Default);
        if (_http is not null) await _http.DisposeAsync();
        if (_rpc is not null) await _rpc.DisposeAsync();
        _front.Dispose();
        _stopping.Dispose();
    }

    private async Task StartCoreAsync(string app, string storage, IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        _rpc = Listen(HttpProtocols.Http2, services => services.AddSingleton(_stream).AddGrpc(options => options.MaxReceiveMessageSize = null));
        _rpc.MapGrpcService<WorkerStream>();
        await _rpc.StartAsync(ct);
        _process = WorkerProcess.Start(app, new Uri(_rpc.Urls.Single()), new Dictionary<string, string>(settings) { ["AzureWebJobsStorage"] = storage });
        await Task.WhenAny(_worker.StartAsync(ct), _process.Exited).Unwrap();
        if (_process.Exited.IsCompleted) throw new WorkerGoneException();

        _http = Listen(HttpProtocols.Http1, _ => { });
        _front.Map(_http);
        await _http.StartAsync(ct);
        QueueServiceClient queues = new(storage);
        foreach (HostedFunction function in Functions)
        {
            if (function.Kind == "queueTrigger") _loops.Add(new QueuePump(_worker, function, queues, RetryAfter).RunAsync(_stopping.Token));
            if (function.Kind == "timerTrigger") _timers[function.Name] = new TimerLoop(_worker, function, settings);
        }

        _loops.AddRange(_timers.Values.Select(timer => timer.RunAsync(_stopping.Token)));
    }

    private static WebApplication Listen(HttpProtocols protocols, Action<IServiceCollection> services)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = protocols)).UseUrls("http://127.0.0.1:0");
        services(builder.Services);
        return builder.Build();
    }
}
