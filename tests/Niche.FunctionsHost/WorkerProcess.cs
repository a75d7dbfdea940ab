using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Niche.FunctionsHost;

/// <summary>The process of an isolated worker.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private WorkerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    public Task Exited => _process.WaitForExitAsync();

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts an app the way the host does.</summary>
    /// <param name="app">The worker's assembly.</param>
    /// <param name="host">Where the host listens for it.</param>
    /// <param name="settings">Its environment.</param>
    public static WorkerProcess Start(string app, Uri host, IReadOnlyDictionary<string, string> settings)
    {
        string id = Guid.NewGuid().ToString(), length = int.MaxValue.ToString(CultureInfo.InvariantCulture);
        ProcessStartInfo start = new("dotnet")
        {
            WorkingDirectory = Path.GetDirectoryName(app)!, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        string[] arguments =
        [
            app, "--host", host.Host, "--port", host.Port.ToString(CultureInfo.InvariantCulture), "--workerId", id, "--requestId", id,
            "--grpcMaxMessageLength", length, "--functions-uri", host.ToString(), "--functions-worker-id", id, "--functions-request-id", id,
            "--functions-grpc-max-message-length", length,
        ];
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach ((string name, string value) in settings) start.Environment[name] = value;
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = start.WorkingDirectory;
        return new WorkerProcess(Process.Start(start)!);
    }

    public void Kill() => _process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output) _output.AppendLine(line);
    }
}
