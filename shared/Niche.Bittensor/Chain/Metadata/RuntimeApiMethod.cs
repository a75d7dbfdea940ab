namespace Niche.Bittensor.Chain.Metadata;

/// <summary>A function to be called with <c>state_call</c>.</summary>
/// <param name="Api">Name of its runtime API.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Inputs">Names and types of its arguments.</param>
/// <param name="Output">Type of its answer.</param>
/// <param name="Docs">Lines of the source's comment.</param>
public sealed record RuntimeApiMethod(
    string Api, string Name, IReadOnlyList<KeyValuePair<string, int>> Inputs, int Output, IReadOnlyList<string> Docs)
{
    /// <summary>The name for <c>state_call</c>: API, underscore, method.</summary>
    public string CallName => $"{Api}_{Name}";
}
