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
    [InlineData("--total-volume", "0")]
    [InlineData("--max-concurrent", "5000")]
    [InlineData("--interval", "0")]
    public void Numbers_out_of_range_are_errors(string option, string value) =>
        Assert.NotEmpty(MinerCommand.Build("x", (_, options) => MinerHost.Build(options)).Parse(["--chain", "http://127.0.0.1:1", option, value]).Errors);

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
            Assert.Contains("NICHE_HOTKEY", Assert.Throws<KeyFormatException>(() => HotkeySecret.Load(null, null)).Message, StringComparison.Ordinal);
            Assert.DoesNotContain("nonsense", Assert.Throws<KeyFormatException>(() => HotkeySecret.Load("nonsense words here", null)).Message, StringComparison.Ordinal);
        }
        finally
        {
            file.Delete();
        }
    }
}
