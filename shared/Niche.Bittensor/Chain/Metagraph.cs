namespace Niche.Bittensor.Chain;

/// <summary>The neurons of one subnet as of one block, ordered by uid.</summary>
/// <param name="Netuid">The subnet.</param>
/// <param name="Block">The block this was read at.</param>
/// <param name="Neurons">Every registered neuron.</param>
public sealed record Metagraph(ushort Netuid, ulong Block, IReadOnlyList<Neuron> Neurons)
{
    /// <summary>The neuron of a hotkey, or null when it is not registered.</summary>
    public Neuron? FindByHotkey(string hotkey)
    {
        foreach (var neuron in Neurons)
            if (string.Equals(neuron.Hotkey, hotkey, StringComparison.Ordinal))
                return neuron;
        return null;
    }
}
