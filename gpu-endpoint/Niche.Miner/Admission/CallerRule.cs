using Niche.Bittensor.Axon;
using Niche.Miner.Network;

namespace Niche.Miner.Admission;

/// <summary>Who may ask: a registered hotkey with a validator permit and enough stake. Closed as long as the metagraph is not known.</summary>
public static class CallerRule
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>The decision on a caller whose signature is verified.</summary>
    public static BlacklistDecision Decide(NetworkSnapshot? network, string hotkey, double minStake)
    {
        if (network is null) return new BlacklistDecision(true, "The metagraph has not been read yet.", StatusCodes.Status503ServiceUnavailable, Soon);
        if (!network.Neurons.TryGetValue(hotkey, out var neuron)) return BlacklistDecision.Refuse("Unrecognized hotkey");
        if (!neuron.ValidatorPermit) return BlacklistDecision.Refuse("Non-validator hotkey");
        return neuron.Stake >= minStake ? BlacklistDecision.Allow : BlacklistDecision.Refuse(string.Create(null, $"Stake is below {minStake}"));
    }
}
