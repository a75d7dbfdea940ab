using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Niche.Benchmarks.Doors;

/// <summary>The functions as a process of their own, which can be killed and started again at the same address and on the same storage.</summary>
internal sealed class FunctionsProcess : IAsyncDisposable
{
    private readonly IReadOnlyList<string> _arguments;
    private readonly HttpClient _http = new();
    private Process? _process;

    private FunctionsProcess(IReadOnlyList<string> arguments)
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/"));
        _arguments = [Path.Combine(AppContext.BaseDirectory, "Niche.Functions.Local.dll"), .. arguments, "--urls", Address.ToString().TrimEnd('/')];
    }

    public Uri Address { get; }

    public static async Task<FunctionsProcess> StartAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        FunctionsProcess functions = new(arguments);
        await functions.RunAsync(ct).ConfigureAwait(false);
        return functions;
    }

    /// <summary>kill -9, and another process.</summary>
    /// <returns>From the kill to the new process being ready.</returns>
    public async Task<TimeSpan> RestartAsync(CancellationToken ct)
    {
        long start = Stopwatch.GetTimestamp();
        await KillAsync().ConfigureAwait(false);
        await RunAsync(ct).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        _http.Dispose();
    }

    private async Task RunAsync(CancellationToken ct)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, _arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Started as "dotnet x.dll" the path is dotnet's; as a program of its own it is not.
        if (!Path.GetFileNameWithoutExtension(start.FileName).Equals("dotnet", StringComparison.OrdinalIgnoreCase)) start.FileName = "dotnet";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        while (!await IsReadyAsync(ct).ConfigureAwait(false)) await Task.Delay(20, ct).ConfigureAwait(false);
    }

    private async Task<bool> IsReadyAsync(CancellationToken ct)
    {
        if (_process!.HasExited) throw new InvalidOperationException("The functions ended before they were ready.");
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(new Uri(Address, "health/ready"), ct).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task KillAsync()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
        _process = null;
    }
}
