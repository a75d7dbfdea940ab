using System.Diagnostics;

namespace Niche.Local.Supervision;

/// <summary>
/// One process of the box: this very program in another role. Its output goes to a log file; its standard input is a pipe that nobody writes
/// to, and whose end tells it that the box is gone, however the box died.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(8);
    private readonly Process _process;
    private const int LastLines = 12;
    private readonly StreamWriter _log;
    private readonly Queue<string> _last = new();
    private readonly Task _copying;

    private ChildProcess(string name, Process process, StreamWriter log)
    {
        Name = name;
        _process = process;
        _log = log;
        _copying = Task.WhenAll(CopyAsync(process.StandardOutput), CopyAsync(process.StandardError));
    }

    /// <summary>What it is called in logs and messages.</summary>
    public string Name { get; }

    /// <summary>Its id.</summary>
    public int Id => _process.Id;

    /// <summary>True once it ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts this program in a role.</summary>
    public static ChildProcess Start(string name, string logFile, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        ProcessStartInfo start = new()
        {
            FileName = Environment.ProcessPath!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // `dotnet run` starts the apphost; `dotnet Niche.Local.dll` needs the assembly named again.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach ((string key, string value) in settings) start.Environment[key] = value;
        // Several processes share one laptop: small heaps beat peak throughput.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_GCConserveMemory"] = "5";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        StreamWriter log = new(logFile, append: true) { AutoFlush = true };
        Process process = Process.Start(start) ?? throw new BoxException($"The process '{name}' could not be started.");
        return new ChildProcess(name, process, log);
    }

    /// <summary>Completes when it ends by itself, with what the log says last.</summary>
    public async Task<string> WaitForDeathAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct).ConfigureAwait(false);
        await _copying.WaitAsync(ct).ConfigureAwait(false);
        return $"The process '{Name}' ended with code {_process.ExitCode}. It said last:{Environment.NewLine}{string.Join(Environment.NewLine, _last)}";
    }

    /// <summary>Asks it to stop and waits; one that does not listen is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            using CancellationTokenSource patience = new(StopPatience);
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await _copying.ConfigureAwait(false);
        await _log.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task CopyAsync(StreamReader from)
    {
        while (await from.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            lock (_log)
            {
                _log.WriteLine(line);
                _last.Enqueue(line);
                if (_last.Count > LastLines) _last.Dequeue();
            }
        }
    }
}
