using Niche.Bittensor.Chain;
using Niche.Subnet.Policy;
using Niche.Subnet.Scoring;

namespace Niche.Subnet.Weights;

/// <summary>
/// From scores to weights: per category clamp the means to 0..1, normalise to sum 1, times the category's emission share now, sum per hotkey,
/// normalise. Sums run in ordinal order of model and hotkey, so that two validators with the same input agree bit for bit.
/// </summary>
public static class WeightCalculator
{
    private const double BlockSeconds = 12;

    /// <summary>Computes the vector.</summary>
    /// <param name="scores">By hotkey; hotkeys that are not registered earn nothing.</param>
    /// <param name="policy">A valid policy.</param>
    /// <param name="now">Decides the emission shares.</param>
    /// <param name="metagraph">Maps hotkeys to uids.</param>
    public static WeightVector Compute(ScoreBook scores, SubnetPolicy policy, DateTimeOffset now, Metagraph metagraph)
    {
        var neurons = Registered(metagraph);
        var weights = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var rewards = 0;
        foreach (var model in policy.Models.OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            var share = EmissionSchedule.ShareAt(model.EmissionShares, now);
            if (share > 0) rewards += AddCategory(weights, scores, model.Name, share, policy, neurons, metagraph.Block);
        }

        return Normalise(weights, neurons, rewards);
    }

    private static int AddCategory(
        SortedDictionary<string, double> weights,
        ScoreBook scores,
        string model,
        double share,
        SubnetPolicy policy,
        Dictionary<string, Neuron> neurons,
        ulong block)
    {
        var earned = new List<(string Hotkey, double Score)>();
        double sum = 0;
        var rewards = 0;
        foreach (var miner in scores.Miners.Values)
        {
            if (miner.Model != model || !neurons.TryGetValue(miner.Hotkey, out var neuron)) continue;
            rewards += miner.Rewards.Length;
            var score = Clamp(miner.Mean(policy.Scoring)) * Bonus(policy.Scoring, neuron, block);
            if (score <= 0) continue;
            earned.Add((miner.Hotkey, score));
            sum += score;
        }

        foreach (var (hotkey, score) in earned) Add(weights, hotkey, share * (score / sum));
        if (earned.Count == 0 && policy.Weights is { EmptyCategory: EmptyCategoryRule.Burn, BurnHotkey: { } burn }) Add(weights, burn, share);
        return rewards;
    }

    private static WeightVector Normalise(SortedDictionary<string, double> weights, Dictionary<string, Neuron> neurons, int rewards)
    {
        var entries = weights
            .Where(pair => pair.Value > 0 && neurons.ContainsKey(pair.Key))
            .Select(pair => new WeightEntry(neurons[pair.Key].Uid, pair.Key, pair.Value))
            .OrderBy(entry => entry.Uid)
            .ToArray();
        double sum = 0;
        foreach (var entry in entries) sum += entry.Weight;
        if (!(sum > 0)) return new WeightVector([], rewards);
        for (var i = 0; i < entries.Length; i++) entries[i] = entries[i] with { Weight = entries[i].Weight / sum };
        return new WeightVector(entries, rewards);
    }

    // Reference: (days - age) percent on top for the first days.
    private static double Bonus(ScoringPolicy policy, Neuron neuron, ulong block)
    {
        if (policy.NewMinerBonusDays <= 0 || block < neuron.RegisteredAtBlock) return 1;
        var age = (int)Math.Floor((block - neuron.RegisteredAtBlock) * BlockSeconds / 86_400);
        return 1 + (Math.Max(0, policy.NewMinerBonusDays - age) / 100.0);
    }

    private static Dictionary<string, Neuron> Registered(Metagraph metagraph)
    {
        var neurons = new Dictionary<string, Neuron>(StringComparer.Ordinal);
        foreach (var neuron in metagraph.Neurons) neurons[neuron.Hotkey] = neuron;
        return neurons;
    }

    private static double Clamp(double score) => double.IsNaN(score) ? 0 : Math.Clamp(score, 0, 1);

    private static void Add(SortedDictionary<string, double> weights, string hotkey, double weight) =>
        weights[hotkey] = weights.GetValueOrDefault(hotkey) + weight;
}
