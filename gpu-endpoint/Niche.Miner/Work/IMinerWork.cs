using System.Text.Json;

namespace Niche.Miner.Work;

/// <summary>The work itself, once caller, quota and order are checked: the seam between the axon and whatever makes the answers.</summary>
public interface IMinerWork
{
    /// <summary>Makes a picture.</summary>
    /// <returns>Raw base64 of the file.</returns>
    /// <exception cref="MinerWorkException">The work failed; says how.</exception>
    Task<string> PaintAsync(ImageOrder order, CancellationToken ct);

    /// <summary>Continues a text.</summary>
    /// <returns>An OpenAI-style completion object.</returns>
    /// <exception cref="MinerWorkException">The work failed; says how.</exception>
    Task<JsonElement> WriteAsync(TextOrder order, CancellationToken ct);

    /// <summary>Continues a text piece by piece.</summary>
    /// <exception cref="MinerWorkException">The work failed; thrown while enumerating.</exception>
    IAsyncEnumerable<string> StreamAsync(TextOrder order, CancellationToken ct);
}
