using Niche.Bittensor.Keys;
using Niche.Miner.Configuration;

namespace Niche.Miner.Tests.Configuration;

public sealed class CommandTests
{
    [Fact]
    public async Task Help_names_every_option_and_no_option_takes_a_secret()
    {
        var output = new StringWriter();

        var status = await MinerCommand.Build("x", (_, options) => MinerHost.Build(options))
            .Parse(["--help"]).InvokeAsync(new() { Output = output }, TestContext.Current.CancellationToken);

        Assert.Equal(0, status);
        foreach (var option in new[] { "--urls", "--endpoint", "--chain", "--netuid", "--total-volume", "--max-concurrent", "--external-ip", "--policy", "NICHE_HOTKEY" })
            Assert.Contains(option, output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("--hotkey ", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--endpoint", "no url")]
    [InlineData("--endpoint", "ftp://127.0.0.1")]
    [InlineData("--total-volume", "0")]
    [InlineData("--max-concurrent", "5000")]
    [InlineData("--interval", "0")]
    public void Numbers_out_of_range_and_bad_urls_are_errors(string option, string value) =>
        Assert.NotEmpty(MinerCommand.Build("x", (_, options) => MinerHost.Build(options)).Parse(["--chain", "http://127.0.0.1:1", option, value]).Errors);

    [Fact]
    public async Task The_options_reach_the_miner()
    {
        var file = new FileInfo(Path.GetTempFileName());
        await File.WriteAllTextAsync(file.FullName, "//Bob", TestContext.Current.CancellationToken);
        MinerOptions? seen = null;
        var root = MinerCommand.Build("x", (_, options) =>
        {
            seen = options;
            throw new IOException("far enough");
        });

        var status = await root.Parse(
        [
            "--hotkey-file", file.FullName, "--chain", "http://127.0.0.1:9944", "--endpoint", "http://127.0.0.1:1", "--endpoint", "http://127.0.0.1:2",
            "--interval", "30", "--external-ip", "192.0.2.1", "--netuid", "5",
        ]).InvokeAsync(null, TestContext.Current.CancellationToken);
        file.Delete();

        Assert.Equal(1, status);
        Assert.Equal(2, seen!.Endpoints.Count);
        Assert.Equal(((Uri?)new Uri("http://127.0.0.1:9944"), TimeSpan.FromSeconds(30), "192.0.2.1", 5), (seen.Chain.Ledger, seen.QuotaInterval, seen.ExternalIp, seen.Netuid));
    }

    [Fact]
    public async Task The_hotkey_comes_from_file_or_variable_and_is_never_repeated()
    {
        var file = new FileInfo(Path.GetTempFileName());
        try
        {
            await File.WriteAllTextAsync(file.FullName, "//Alice\n", TestContext.Current.CancellationToken);
            using var fromFile = HotkeySecret.Load("//Bob", file);
            using var fromVariable = HotkeySecret.Load("//Bob", null);
            using var alice = Keypair.FromUri("//Alice");
            using var bob = Keypair.FromUri("//Bob");
            Assert.Equal((alice.Address, bob.Address), (fromFile.Address, fromVariable.Address));
            await File.WriteAllTextAsync(file.FullName, $$"""{"secretSeed":"0x{{new string('1', 64)}}"}""", TestContext.Current.CancellationToken);
            using var fromKeyfile = HotkeySecret.Load(null, file);
            using var seed = Keypair.FromUri("0x" + new string('1', 64));
            Assert.Equal(seed.Address, fromKeyfile.Address);
            Assert.Contains("NICHE_HOTKEY", Assert.Throws<KeyFormatException>(() => HotkeySecret.Load(null, null)).Message, StringComparison.Ordinal);
            Assert.DoesNotContain("nonsense", Assert.Throws<KeyFormatException>(() => HotkeySecret.Load("nonsense words here", null)).Message, StringComparison.Ordinal);
        }
        finally
        {
            file.Delete();
        }
    }
}
