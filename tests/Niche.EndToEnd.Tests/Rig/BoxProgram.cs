using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Niche.EndToEnd.Tests.Rig;

/// <summary>The built program of the box, running as a process of its own: in a session of its own, as in a terminal of its own.</summary>
public sealed partial class BoxProgram : IAsyncDisposable
{
    private const int Interrupt = 2;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private BoxProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _lines);

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts <c>Niche.Local</c> as it was built beside the tests.</summary>
    public static BoxProgram Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? settings = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are looked at through /proc, which only Linux has.");
        string host = Path.Combine(AppContext.BaseDirectory, "Niche.Local");
        Assert.True(File.Exists(host), $"{host} is missing: build the tests, it is copied beside them.");
        ProcessStartInfo start = new("setsid", [host, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string key, string value) in settings ?? new Dictionary<string, string>()) start.Environment[key] = value;
        return new BoxProgram(Process.Start(start)!);
    }

    /// <summary>What Ctrl+C in a terminal does: a signal to everybody in it.</summary>
    public void PressCtrlC()
    {
        Assert.SkipWhen(IgnoresInterrupt(), "Whoever started the tests has SIGINT ignored, and children inherit that.");
        Assert.Equal(0, Kill(-_process.Id, Interrupt));
    }

    /// <summary>kill -9 of this process alone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends the pipe on its standard input: a role takes that as the end of its box.</summary>
    public async Task<int> CloseInputAsync()
    {
        _process.StandardInput.Close();
        return await ExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<int> ExitAsync()
    {
        await Until.TrueAsync(() => _process.HasExited, () => "The program did not end:\n" + Output);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public Task SaysAsync(string text) => Until.TrueAsync(
        () => Output.Contains(text, StringComparison.Ordinal) || (_process.HasExited ? throw new InvalidOperationException(Output) : false),
        () => $"The program never said '{text}':\n{Output}");

    /// <summary>Ids of the processes that it started and that run now.</summary>
    public IReadOnlyList<int> Children() => Processes.ChildrenOf(_process.Id);

    public async ValueTask DisposeAsync()
    {
        foreach (int child in _process.HasExited ? [] : Children()) Processes.Kill(child);
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static bool IgnoresInterrupt()
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (Convert.ToUInt64(line["SigIgn:".Length..].Trim(), 16) & (1UL << (Interrupt - 1))) != 0;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text) _lines.Enqueue(text);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
