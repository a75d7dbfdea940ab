using System.CommandLine;
using System.Globalization;
using Niche.Bittensor.Chain;
using Niche.Cli.Terminal;

namespace Niche.Cli.Chain;

/// <summary><c>niche metagraph</c>.</summary>
internal static class MetagraphCommand
{
    public static Command Create(Shell shell)
    {
        ChainArguments chain = new();
        Argument<ushort> netuid = new("netuid") { Description = "Subnet number." };
        Option<string> sort = new("--sort") { Description = "uid, stake, incentive or updated.", DefaultValueFactory = _ => "uid" };
        sort.AcceptOnlyFromAmong("uid", "stake", "incentive", "updated");
        Option<bool> serving = new("--serving") { Description = "Only neurons that serve an axon." };
        Option<int> top = new("--top") { Description = "Only the first so many rows; 0 for all." };
        Command command = new("metagraph", """
            The neurons of a subnet: who they are, what they have at stake and what they earn.

            Examples:
              niche metagraph 23
              niche metagraph 23 --sort incentive --top 20
              niche metagraph 23 --ledger http://127.0.0.1:9000 --json
            """) { netuid, sort, serving, top };
        chain.AddTo(command, netuid: false);
        return command.Runs(shell, async (parsed, ct) =>
        {
            await using var access = chain.Open(parsed, shell);
            var metagraph = await access.Chain.GetMetagraphAsync(parsed.GetValue(netuid), ct);
            var neurons = Order(metagraph.Neurons.Where(one => !parsed.GetValue(serving) || one.Axon is not null), parsed.GetValue(sort)!).ToList();
            if (parsed.GetValue(top) is > 0 and var first) neurons = [.. neurons.Take(first)];
            if (parsed.GetValue(CommandAction.Json)) shell.Write(metagraph with { Neurons = neurons });
            else Show(shell, access, metagraph, neurons);
            return ExitCode.Done;
        });
    }

    private static IEnumerable<Neuron> Order(IEnumerable<Neuron> neurons, string by) => by switch
    {
        "stake" => neurons.OrderByDescending(one => one.Stake).ThenBy(one => one.Uid),
        "incentive" => neurons.OrderByDescending(one => one.Incentive).ThenBy(one => one.Uid),
        "updated" => neurons.OrderByDescending(one => one.LastUpdate).ThenBy(one => one.Uid),
        _ => neurons.OrderBy(one => one.Uid),
    };

    private static void Show(Shell shell, ChainAccess access, Metagraph metagraph, List<Neuron> shown)
    {
        var permits = metagraph.Neurons.Count(one => one.ValidatorPermit);
        var serving = metagraph.Neurons.Count(one => one.Axon is not null);
        shell.Title($"Subnet {metagraph.Netuid} at block {Words.Number((long)metagraph.Block)}, {access.Name}");
        shell.Table(
            [">UID", "HOTKEY", .. Wide(shell, "COLDKEY"), ">STAKE", ">INCENTIVE", "PERMIT", "ACTIVE", ">UPDATED", "AXON"],
            shown.Select(one => (IReadOnlyList<string>)
            [
                one.Uid.ToString(CultureInfo.InvariantCulture), shell.Address(one.Hotkey), .. Wide(shell, one.Coldkey), Words.Tao(one.Stake), Words.Share(one.Incentive),
                one.ValidatorPermit ? "yes" : "", one.Active ? "yes" : "", Words.Number((long)(metagraph.Block - Math.Min(one.LastUpdate, metagraph.Block))),
                one.Axon is { } axon ? $"{axon.Ip}:{axon.Port}" : "–",
            ]));
        shell.Note($"{metagraph.Neurons.Count} neurons, {permits} with a validator permit, {serving} serving. Stake in TAO, UPDATED in blocks ago.");
    }

    private static string[] Wide(Shell shell, string cell) => shell.IsWide() ? [cell] : [];
}
