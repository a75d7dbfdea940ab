using System.Diagnostics;
using System.Text.Json;

namespace Niche.Cli.Tests.Rig;

/// <summary>The built program, run to its end as a shell would, with a home of its own.</summary>
public sealed class NicheProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("niche-cli-");

    /// <summary>Folder of the wallets.</summary>
    public string Wallets => Path.Combine(_home.FullName, "wallets");

    /// <summary>Variables that every run gets.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>A file in the program's home.</summary>
    public string File(string name, string content)
    {
        var path = Path.Combine(_home.FullName, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public Task<Finished> RunAsync(params string[] arguments) => RunWithAsync("", arguments);

    /// <summary>Runs with this on its input.</summary>
    public async Task<Finished> RunWithAsync(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Patience);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(late.Token), process.StandardError.ReadToEndAsync(late.Token));
        try
        {
            await process.WaitForExitAsync(late.Token);
            return new Finished(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <summary>Starts it and leaves it running.</summary>
    public Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Niche.Cli.dll"), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = _home.FullName,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("BT_", StringComparison.Ordinal) || name.StartsWith("NICHE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["BT_WALLET_PATH"] = Wallets;
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public void Dispose() => _home.Delete(recursive: true);

    /// <summary>How a run ended.</summary>
    public sealed record Finished(int ExitCode, string Output, string Error)
    {
        /// <summary>The output as the one JSON document that it is.</summary>
        public JsonElement Json => JsonDocument.Parse(Output).RootElement;

        /// <summary>Ended well, and said nothing on the error output.</summary>
        public Finished Done()
        {
            Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Error}");
            return this;
        }

        /// <summary>Ended with this code and one line on the error output, without a stack trace and with nothing half-done on the output.</summary>
        public string Failed(int exitCode)
        {
            Assert.True(ExitCode == exitCode, $"exit code {ExitCode} instead of {exitCode}\n{Output}\n{Error}");
            Assert.Equal("", Output);
            Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
            return Assert.Single(Error.TrimEnd().Split('\n'));
        }
    }
}
