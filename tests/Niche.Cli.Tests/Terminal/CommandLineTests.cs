using Niche.Cli.Tests.Rig;

namespace Niche.Cli.Tests.Terminal;

public sealed class CommandLineTests : IDisposable
{
    private readonly NicheProgram _niche = new();

    public void Dispose() => _niche.Dispose();

    [Theory]
    [InlineData("wallet create")]
    [InlineData("wallet import")]
    [InlineData("wallet list")]
    [InlineData("wallet show")]
    [InlineData("wallet sign")]
    [InlineData("wallet verify")]
    [InlineData("metagraph")]
    [InlineData("axon serve")]
    [InlineData("query")]
    [InlineData("weights show")]
    [InlineData("weights dry-run")]
    [InlineData("weights set")]
    [InlineData("weights reveal")]
    [InlineData("decode")]
    public async Task Every_command_explains_itself_with_examples(string command)
    {
        var help = (await _niche.RunAsync([.. command.Split(' '), "--help"])).Done().Output;
        Assert.Contains("Examples:", help, StringComparison.Ordinal);
        Assert.Contains($"niche {command}", help, StringComparison.Ordinal);
        Assert.Contains("--json", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_names_the_commands_and_the_exit_codes()
    {
        var help = (await _niche.RunAsync("--help")).Done().Output;
        foreach (var word in new[] { "wallet", "metagraph", "axon", "query", "weights", "decode", "Exit codes" }) Assert.Contains(word, help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_command_is_told_with_the_way_to_the_help()
    {
        Assert.Contains("niche --help", (await _niche.RunAsync("walet")).Failed(2), StringComparison.Ordinal);
        Assert.Contains("niche wallet --help", (await _niche.RunAsync("wallet")).Failed(2), StringComparison.Ordinal);
        Assert.Contains("niche wallet create --help", (await _niche.RunAsync("wallet", "create", "--words", "13")).Failed(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_gets_no_colours() => Assert.DoesNotContain("\u001b", (await _niche.RunAsync("wallet", "create", "--only", "hotkey")).Done().Output, StringComparison.Ordinal);
}
