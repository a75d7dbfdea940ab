using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Niche.Storage.Tests.Azure;

/// <summary>Azurite from tests/azurite on free ports of 127.0.0.1, in memory, ended with the tests.</summary>
public sealed class AzuriteProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    // The public development account of the storage emulators, the same in every installation.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process _process;
    private readonly TestFolder _folder;

    private AzuriteProcess(Process process, TestFolder folder, int[] ports)
    {
        _process = process;
        _folder = folder;
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + $"BlobEndpoint=http://127.0.0.1:{ports[0]}/{Account};QueueEndpoint=http://127.0.0.1:{ports[1]}/{Account};TableEndpoint=http://127.0.0.1:{ports[2]}/{Account};";
    }

    public string ConnectionString { get; }

    /// <summary>Null when Azurite can be started; else the reason, with the command that helps.</summary>
    public static string? WhyMissing()
    {
        if (Node() is null)
            return "Node.js is not on the PATH: the Azure storage tests need Node 20 and then 'npm ci --prefix tests/azurite'.";
        return Script() is null ? "Azurite is not installed: run 'npm ci --prefix tests/azurite'." : null;
    }

    public static async Task<AzuriteProcess> StartAsync(CancellationToken ct)
    {
        var ports = FreePorts();
        var folder = new TestFolder();
        var start = new ProcessStartInfo(Node()!) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            Script()!, "--silent", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry",
            "--blobHost", "127.0.0.1", "--blobPort", $"{ports[0]}",
            "--queueHost", "127.0.0.1", "--queuePort", $"{ports[1]}",
            "--tableHost", "127.0.0.1", "--tablePort", $"{ports[2]}",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        var process = Process.Start(start)!;
        var azurite = new AzuriteProcess(process, folder, ports);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(s_patience);
            foreach (var port in ports)
                await WaitForAsync(port, process, patience.Token);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private static async Task WaitForAsync(int port, Process process, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            if (process.HasExited)
                throw new InvalidOperationException($"Azurite ended with {process.ExitCode}: {await process.StandardError.ReadToEndAsync(ct)}");
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, ct);
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // Not listening yet.
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    /// <summary>Held open together, so that they differ.</summary>
    private static int[] FreePorts()
    {
        var listeners = Enumerable.Range(0, 3).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
            listener.Start();
        var ports = Array.ConvertAll(listeners, l => ((IPEndPoint)l.LocalEndpoint).Port);
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }

    private static string? Node() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node"))
        .FirstOrDefault(File.Exists);

    private static string? Script()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "tests", "azurite", "node_modules", "azurite", "dist", "src", "azurite.js");
            if (File.Exists(script))
                return script;
        }

        return null;
    }
}
