using Niche.Miner.Work;

namespace Niche.Attacks.Kinds;

/// <summary>No base64 for even seeds, random bytes for odd ones.</summary>
public sealed class Garbage(IMinerWork work) : HonestWork(work)
{
    /// <inheritdoc/>
    public override Task<string> PaintAsync(ImageOrder order, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.Seed % 2 == 0) return Task.FromResult("<html>504 Gateway Time-out</html>");
        var bytes = new byte[4096];
        new Random((int)(order.Seed & int.MaxValue)).NextBytes(bytes);
        return Task.FromResult(Convert.ToBase64String(bytes));
    }
}
