using System.CommandLine;
using System.Globalization;
using Niche.Cli.Chain;
using Niche.Cli.Terminal;

namespace Niche.Cli.Weights;

/// <summary><c>niche weights show</c>.</summary>
internal static class ShowCommand
{
    private const int Favourites = 3;

    public static Command Create(Shell shell)
    {
        ChainArguments chain = new();
        Option<ushort?> of = new("--of") { HelpName = "uid", Description = "The whole vector of this validator." };
        Command command = new("show", """
            The weights that validators have set: all of them in short, or one whole vector.

            Examples:
              niche weights show --netuid 23
              niche weights show --netuid 23 --of 0
              niche weights show --netuid 23 --json
            """) { of };
        chain.AddTo(command);
        return command.Runs(shell, async (parsed, ct) =>
        {
            await using var access = chain.Open(parsed, shell);
            var metagraph = await access.Chain.GetMetagraphAsync(chain.Netuid(parsed), ct);
            var rows = await WeightRow.ReadAsync(access, metagraph, ct);
            if (parsed.GetValue(of) is { } uid)
            {
                rows = [.. rows.Where(row => row.Validator.Uid == uid)];
                if (rows.Count == 0) throw new CommandException(ExitCode.Refused, "no_weights", $"Neuron {uid} of subnet {metagraph.Netuid} has set no weights.");
            }

            if (parsed.GetValue(CommandAction.Json))
                shell.Write(new { metagraph.Netuid, metagraph.Block, validators = rows.Select(row => Document(row, metagraph.Block)) });
            else if (rows.Count == 0) shell.Line($"Nobody has set weights in subnet {metagraph.Netuid}.");
            else if (parsed.GetValue(of) is not null) ShowOne(shell, metagraph, rows[0]);
            else ShowAll(shell, metagraph, rows);
            return ExitCode.Done;
        });
    }

    private static object Document(WeightRow row, ulong block) => new
    {
        row.Validator.Uid, row.Validator.Hotkey, updated_blocks_ago = Ago(row, block),
        weights = row.Weights.Select(one => new { uid = one.Uid, value = one.Value, share = (double)one.Value / row.Total }),
    };

    private static void ShowAll(Shell shell, Bittensor.Chain.Metagraph metagraph, IReadOnlyList<WeightRow> rows) => shell.Table(
        [">UID", "HOTKEY", ">STAKE", ">UPDATED", ">WEIGHS", "MOST"],
        rows.Select(row => (IReadOnlyList<string>)
        [
            Number(row.Validator.Uid), shell.Address(row.Validator.Hotkey), Words.Tao(row.Validator.Stake),
            Words.Number(Ago(row, metagraph.Block)), Number(row.Weights.Count),
            string.Join("  ", row.Weights.Take(Favourites).Select(one => $"{one.Uid}: {Percent(one.Value, row)}")),
        ]));

    private static void ShowOne(Shell shell, Bittensor.Chain.Metagraph metagraph, WeightRow row)
    {
        var hotkeys = metagraph.Neurons.ToDictionary(one => one.Uid, one => one.Hotkey);
        shell.Title($"Validator {row.Validator.Uid}, {row.Validator.Hotkey}, {Words.Number(Ago(row, metagraph.Block))} blocks ago");
        shell.Table([">UID", "HOTKEY", ">VALUE", ">SHARE"], row.Weights.Select(one => (IReadOnlyList<string>)
            [Number(one.Uid), shell.Address(hotkeys.GetValueOrDefault(one.Uid)), Number(one.Value), Percent(one.Value, row)]));
    }

    private static long Ago(WeightRow row, ulong block) => block > row.Validator.LastUpdate ? (long)(block - row.Validator.LastUpdate) : 0;

    private static string Percent(ushort value, WeightRow row) => (100.0 * value / row.Total).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
