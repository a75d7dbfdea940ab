using Microsoft.AspNetCore.Builder;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Chain.Subtensor;
using Niche.Bittensor.Tests.Chain.Weights;
using Niche.Bittensor.Tests.RecordedChain;

namespace Niche.Bittensor.Tests.Readme;

public class ReadmeTests
{
    [Fact]
    public async Task The_miner_and_the_validator_of_the_readme_understand_each_other()
    {
        await using var miner = ReadmeExamples.Miner(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=None"]);
        await miner.StartAsync(TestContext.Current.CancellationToken);
        var port = new Uri(miner.Urls.Single()).Port;
        const string bob = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
        var text = await ReadmeExamples.ValidatorAsync(
            [new AxonEndpoint("127.0.0.1", port, bob), new AxonEndpoint("127.0.0.1", 0, bob)], TestContext.Current.CancellationToken);
        Assert.Contains("HELLO after", text, StringComparison.Ordinal);
        Assert.Contains("Unreachable 503", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_readme_reads_a_metagraph_and_serves_an_axon()
    {
        await using var network = await StubNetwork.StartAsync(SubtensorReadTests.Populated(), ["ws"]);
        network.Chain.BlockOnSubmit = true;
        using var hotkey = Keypair.FromUri("//Alice");
        var text = await ReadmeExamples.ChainAsync([network.Servers[0].Endpoint("ws").Name], hotkey, TestContext.Current.CancellationToken);
        Assert.Contains("1: 5Gy1LKtRbh3WPjjLqBAwhLf6qYbDnYEkY1YVDRuhxNKRPpAf 0.0 TAO http://203.0.113.5:8091/", text, StringComparison.Ordinal);
        Assert.Contains("served in block 1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_readme_plans_and_sends_weights()
    {
        await using var network = await WeightNetwork.StartAsync(NodeOptions.Finney393, commitReveal: true);
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var text = await ReadmeExamples.WeightsAsync([network.Server.WebSocket.ToString()], network.Hotkey, file, TestContext.Current.CancellationToken);
        Assert.Contains("why: commit-reveal is on", text, StringComparison.Ordinal);
        Assert.Contains("Timelocked by commit_timelocked_mechanism_weights", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Shout.cs", "synapse")]
    [InlineData("ReadmeExamples.cs", "miner")]
    [InlineData("ReadmeExamples.cs", "validator")]
    [InlineData("ReadmeExamples.cs", "chain")]
    [InlineData("ReadmeExamples.cs", "weights")]
    public void The_readme_shows_the_code_that_is_tested(string file, string region)
    {
        var lines = Resource(file).Split('\n');
        var shown = lines.SkipWhile(line => line.Trim() != $"// <{region}>").Skip(1).TakeWhile(line => line.Trim() != $"// </{region}>").ToArray();
        var indent = shown[0].Length - shown[0].TrimStart().Length;
        var code = string.Join('\n', shown.Select(line => line.Length > indent ? line[indent..] : line));
        Assert.InRange(shown.Length, 5, 20);
        Assert.Contains(code, Resource("README.md"), StringComparison.Ordinal);
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReadmeTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
