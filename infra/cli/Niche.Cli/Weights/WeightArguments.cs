using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Synapses;
using Niche.Cli.Terminal;

namespace Niche.Cli.Weights;

/// <summary>A weight vector on the command line or in a file.</summary>
internal sealed class WeightArguments
{
    private const int MaxFileBytes = 1 << 20;

    private readonly Option<string[]> _weights = new("--weights")
    {
        HelpName = "uid=weight", Description = "Pairs of any scale, for example 0=0.7 5=0.3.", AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<FileInfo?> _file = new("--file") { Description = """A JSON file instead: {"0": 0.7, "5": 0.3}.""" };
    private readonly Option<ulong> _version = new("--version-key") { Description = "Version key; the subnet's is sent where that is larger." };

    public void AddTo(Command command)
    {
        command.Add(_weights);
        command.Add(_file);
        command.Add(_version);
    }

    /// <summary>The vector as it would go on the chain: the largest weight is 65535, zeros are dropped.</summary>
    /// <exception cref="CommandException">None, two, or one that can not be read.</exception>
    public WeightRequest Read(ParseResult parsed, ushort netuid)
    {
        var pairs = (parsed.GetValue(_weights), parsed.GetValue(_file)) switch
        {
            ({ Length: > 0 } words, null) => words.Select(Pair).ToList(),
            (null or [], { } file) => FromFile(file),
            _ => throw Usage("Give the weights with --weights or with --file."),
        };
        try
        {
            var (uids, values) = WeightNormaliser.Normalise([.. pairs.Select(one => one.Uid)], [.. pairs.Select(one => one.Weight)]);
            return uids.Count > 0 ? new WeightRequest(netuid, uids, values, parsed.GetValue(_version)) : throw Usage("All weights are zero.");
        }
        catch (ArgumentException e)
        {
            throw Usage(e.Message.Split('\n')[0].Split(" (Parameter", 2)[0]);
        }
    }

    private static (ushort Uid, double Weight) Pair(string word) =>
        word.Split('=') is [var uid, var weight] && ushort.TryParse(uid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && double.TryParse(weight, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? (number, value)
            : throw Usage($"{Words.Clean(word)} is no UID=WEIGHT, as in 5=0.3.");

    private static List<(ushort Uid, double Weight)> FromFile(FileInfo file)
    {
        if (!file.Exists || file.Length > MaxFileBytes) throw Usage($"There is no {file.FullName} of at most 1 MiB.");
        try
        {
            var read = JsonSerializer.Deserialize<Dictionary<ushort, double>>(File.ReadAllBytes(file.FullName), SynapseJson.Options) ?? [];
            return [.. read.Select(one => (one.Key, one.Value))];
        }
        catch (JsonException)
        {
            throw Usage($$"""{{file.FullName}} is no JSON object of weights by uid: {"0": 0.7, "5": 0.3}.""");
        }
    }

    private static CommandException Usage(string message) => new(ExitCode.Usage, "usage", message);
}
