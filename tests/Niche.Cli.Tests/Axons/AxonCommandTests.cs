using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Niche.Cli.Tests.Rig;

namespace Niche.Cli.Tests.Axons;

public sealed class AxonCommandTests : IDisposable
{
    private readonly NicheProgram _niche = new() { Environment = { ["ALICE"] = "//Alice", ["BOB"] = "//Bob" } };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _niche.Dispose();

    [Fact]
    public async Task A_served_axon_announces_itself_and_answers_queries_by_uid()
    {
        await using var ledger = await LocalLedger.StartAsync();
        await ledger.RegisterAsync("//Alice", 100, permit: true);
        await ledger.RegisterAsync("//Bob", 0, permit: false);
        using var axon = _niche.Start("axon", "serve", "--port", "0", "--external-ip", "127.0.0.1", "--ledger", ledger.Url, "--secret-env", "BOB", "--json");
        try
        {
            var listening = await EventAsync(axon, "listening");
            await EventAsync(axon, "announced");
            Assert.StartsWith("http://127.0.0.1:", listening.GetProperty("url").GetString(), StringComparison.Ordinal);

            var ping = (await _niche.RunAsync("query", "1", "--ledger", ledger.Url, "--secret-env", "ALICE", "--json")).Done().Json;
            Assert.Equal((true, 200), (ping.GetProperty("success").GetBoolean(), ping.GetProperty("status_code").GetInt32()));
            Assert.Equal("Synapse", (await EventAsync(axon, "call")).GetProperty("synapse").GetString());

            var echo = (await _niche.RunAsync("query", "1", "--synapse", "Echo", "--fields", """{"text":"it's me"}""", "--hash-fields", "text", "--ledger", ledger.Url, "--secret-env", "ALICE")).Done().Output;
            Assert.Matches(@"outcome +Success \(200 ", echo);
            Assert.Matches(@"answer +it's me", echo);
            Assert.Equal("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", (await EventAsync(axon, "call")).GetProperty("hotkey").GetString());

            var unknown = await _niche.RunAsync("query", "1", "--synapse", "Nothing", "--ledger", ledger.Url, "--secret-env", "ALICE", "--json");
            Assert.Equal((1, 404), (unknown.ExitCode, unknown.Json.GetProperty("status_code").GetInt32()));
            Assert.Contains("serves no axon", (await _niche.RunAsync("query", "0", "--ledger", ledger.Url, "--secret-env", "ALICE")).Failed(1), StringComparison.Ordinal);
            Assert.Contains("no neuron 9", (await _niche.RunAsync("query", "9", "--ledger", ledger.Url, "--secret-env", "ALICE")).Failed(1), StringComparison.Ordinal);
        }
        finally
        {
            Stop(axon);
        }

        await axon.WaitForExitAsync(Ct);
        Assert.Equal(0, axon.ExitCode);
        var gone = await _niche.RunAsync("query", "1", "--ledger", ledger.Url, "--secret-env", "ALICE");
        Assert.Equal(4, gone.ExitCode);
        Assert.Contains("Unreachable", gone.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_axon_of_nobody_known_is_refused_by_the_chain_in_words()
    {
        await using var ledger = await LocalLedger.StartAsync();
        var refused = await _niche.RunAsync("axon", "serve", "--port", "0", "--external-ip", "127.0.0.1", "--ledger", ledger.Url, "--secret-env", "BOB");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("NotRegistered", refused.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("query", "1", "--fields", "[]", "--secret-env", "ALICE", "--ledger", "http://127.0.0.1:1")]
    [InlineData("query", "1", "--synapse", "../x")]
    [InlineData("query", "1", "--hash-fields", "text", "--secret-env", "ALICE", "--ledger", "http://127.0.0.1:1")]
    [InlineData("query", "1", "--timeout", "0")]
    [InlineData("axon", "serve", "--port", "70000")]
    [InlineData("axon", "serve", "--listen", "localhost")]
    public async Task A_wrong_command_line_is_told(params string[] arguments) => (await _niche.RunAsync(arguments)).Failed(2);

    private static async Task<JsonElement> EventAsync(Process process, string name)
    {
        while (await process.StandardOutput.ReadLineAsync(Ct).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Ct) is { } line)
        {
            var read = JsonDocument.Parse(line).RootElement;
            if (read.GetProperty("event").GetString() == name) return read;
        }

        throw new InvalidOperationException($"The axon ended before it told of \"{name}\": {await process.StandardError.ReadToEndAsync(Ct)}");
    }

    // SIGTERM stops it as Ctrl+C does, and nobody has it ignored.
    private static void Stop(Process process)
    {
        if (OperatingSystem.IsWindows()) process.Kill();
        else Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
    }
}
