using System.CommandLine;
using Niche.Attacks;
using Niche.Miner;

Option<string> kind = new("--kind")
{
    Description = "How it cheats: " + string.Join(" ", AttackKinds.All.Select(k => $"[{k.Name}] {k.Description}")),
    Required = true,
};
kind.AcceptOnlyFromAmong([.. AttackKinds.All.Select(k => k.Name)]);
var root = MinerCommand.Build(
    "Runs a dishonest miner, to see validators find it out.", (parsed, options) => AttackHost.Build(parsed.GetRequiredValue(kind), options));
root.Add(kind);
return await root.Parse(args).InvokeAsync();
