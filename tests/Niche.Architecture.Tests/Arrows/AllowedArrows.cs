namespace Niche.Architecture.Tests.Arrows;

/// <summary>Which project of the product may see which. Arrows only point down.</summary>
internal static class AllowedArrows
{
    /// <summary>Direct references by project.</summary>
    public static IReadOnlyDictionary<string, string[]> Direct { get; } = new Dictionary<string, string[]>
    {
        ["Niche.Bittensor"] = [],
        ["Niche.Inference"] = [],
        ["Niche.Triggers"] = [],
        ["Niche.Subnet"] = ["Niche.Bittensor"],
        ["Niche.Storage"] = ["Niche.Subnet"],
        ["Niche.Validator"] = ["Niche.Subnet", "Niche.Storage", "Niche.Bittensor"],
        ["Niche.Functions"] = ["Niche.Validator", "Niche.Bots", "Niche.Bots.Terminal", "Niche.Bots.Discord", "Niche.Bots.Telegram"],
        ["Niche.Functions.Local"] = ["Niche.Validator", "Niche.Triggers", "Niche.Bots", "Niche.Bots.Terminal", "Niche.Bots.Discord", "Niche.Bots.Telegram"],
        ["Niche.GpuEndpoint"] = ["Niche.Inference"],
        ["Niche.Miner"] = ["Niche.Bittensor", "Niche.Subnet"],
        ["Niche.Bots"] = ["Niche.Subnet", "Niche.Storage"],
        ["Niche.Bots.Terminal"] = ["Niche.Bots"],
        ["Niche.Bots.Discord"] = ["Niche.Bots"],
        ["Niche.Bots.Telegram"] = ["Niche.Bots"],
        ["Niche.Bots.Host"] = ["Niche.Bots", "Niche.Bots.Terminal", "Niche.Bots.Discord", "Niche.Bots.Telegram"],
        // The box plays dishonest miners as well.
        ["Niche.Local"] = ["Niche.Functions.Local", "Niche.GpuEndpoint", "Niche.Miner", "Niche.Bots.Terminal", "Niche.Bots.Host", "Niche.Attacks"],
        ["Niche.Cli"] = ["Niche.Bittensor", "Niche.Bots.Terminal"],
        ["Niche.Attacks"] = ["Niche.Miner", "Niche.GpuEndpoint"],
    };

    /// <summary>What a project may see through others as well.</summary>
    public static HashSet<string> Visible(string project)
    {
        HashSet<string> seen = [];
        Queue<string> next = new(Direct[project]);
        while (next.TryDequeue(out string? name))
        {
            if (!seen.Add(name)) continue;
            foreach (string further in Direct[name]) next.Enqueue(further);
        }

        return seen;
    }
}
