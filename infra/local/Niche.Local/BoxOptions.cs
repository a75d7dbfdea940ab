namespace Niche.Local;

/// <summary>What the person at the terminal asked for.</summary>
/// <param name="Port">Port of the API and Studio.</param>
/// <param name="RoundSeconds">Length of a round.</param>
/// <param name="DataFolder">Where everything is kept; null keeps nothing.</param>
/// <param name="Prompt">Headless: paint this and leave.</param>
/// <param name="OutFile">Headless: where the PNG goes.</param>
/// <param name="Seed">Headless: the seed; null draws one.</param>
/// <param name="Rounds">Leave after so many scored rounds; 0 stays.</param>
/// <param name="Plain">Lines instead of a live view.</param>
internal sealed record BoxOptions(
    int Port, int RoundSeconds, string? DataFolder, string? Prompt, string? OutFile, long? Seed, int Rounds, bool Plain);
