using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.State;
using Niche.Bittensor.Chain.Values;
using Niche.Cli.Chain;
using Niche.Cli.Terminal;

namespace Niche.Cli.Weights;

/// <summary>The weights of one validator as the chain has them.</summary>
/// <param name="Validator">Who weighs.</param>
/// <param name="Weights">Uids and u16 values, the largest first.</param>
internal sealed record WeightRow(Neuron Validator, IReadOnlyList<(ushort Uid, ushort Value)> Weights)
{
    private const int MaxValidators = 4096;

    /// <summary>Sum of all values, at least 1.</summary>
    public int Total => Math.Max(1, Weights.Sum(one => one.Value));

    /// <summary>The weights of all validators of a subnet, by uid. Of uids that are no neurons any more nothing is said.</summary>
    public static async Task<IReadOnlyList<WeightRow>> ReadAsync(ChainAccess access, Metagraph metagraph, CancellationToken ct)
    {
        var rows = access.Ledger is { } ledger
            ? (await ledger.GetWeightsAsync(metagraph.Netuid, ct)).Select(one => Of(metagraph.FindByHotkey(one.Hotkey), one.Uids.Zip(one.Values)))
            : await OfNetworkAsync(access, metagraph, ct);
        return [.. rows.OfType<WeightRow>().Where(row => row.Weights.Count > 0).OrderBy(row => row.Validator.Uid)];
    }

    private static async Task<IEnumerable<WeightRow?>> OfNetworkAsync(ChainAccess access, Metagraph metagraph, CancellationToken ct)
    {
        var state = await access.Network.GetStateAsync(metagraph.Block, ct);
        var entries = await state.GetMapAsync("SubtensorModule", "Weights", [metagraph.Netuid], MaxValidators, ct);
        try
        {
            return [.. entries.Select(entry => Of(metagraph.Neurons.FirstOrDefault(one => one.Uid == U16(entry.Keys[1]!)), entry.Value.Children().Select(Pair)))];
        }
        catch (Exception e) when (e is InvalidOperationException or OverflowException or ArgumentOutOfRangeException or NullReferenceException)
        {
            throw new CommandException(ExitCode.Unreachable, "chain", "The chain keeps weights in a form that this program does not know.");
        }
    }

    private static WeightRow? Of(Neuron? validator, IEnumerable<(ushort Uid, ushort Value)> pairs) =>
        validator is null ? null : new WeightRow(validator, [.. pairs.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Uid)]);

    private static (ushort Uid, ushort Value) Pair(ScaleValue pair) => (U16(pair.Children()[0]), U16(pair.Children()[1]));

    private static ushort U16(ScaleValue number) => (ushort)number.AsInteger();
}
