using Microsoft.AspNetCore.Builder;
using Niche.Bittensor.Chain;

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

    [Theory]
    [InlineData("Shout.cs", "synapse")]
    [InlineData("ReadmeExamples.cs", "miner")]
    [InlineData("ReadmeExamples.cs", "validator")]
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
