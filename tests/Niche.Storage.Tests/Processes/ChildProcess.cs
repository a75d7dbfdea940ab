using System.Diagnostics;

namespace Niche.Storage.Tests.Processes;

/// <summary>This very program, started again.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    public ChildProcess(string verb, string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Niche.Storage.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        _process = Process.Start(new ProcessStartInfo(program, [ChildVerbs.Marker, verb, folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    public int ExitCode => _process.ExitCode;

    public Task GoAsync() => _process.StandardInput.WriteLineAsync("go");

    public void Kill() => _process.Kill();

    public Task<string?> ReadLineAsync(CancellationToken ct) => _process.StandardOutput.ReadLineAsync(ct).AsTask();

    /// <summary>All complete lines to the end of the output; a killed process may leave half a line, which acknowledges nothing.</summary>
    public async Task<List<string>> ReadRestAsync(CancellationToken ct)
    {
        var text = await _process.StandardOutput.ReadToEndAsync(ct);
        await _process.WaitForExitAsync(ct);
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
