namespace Niche.Inference.Text;

/// <summary>What a step of one token a row writes again and again.</summary>
/// <param name="Ids">The tokens.</param>
/// <param name="Positions">Their places.</param>
internal sealed record DecoderSlots(TokenSlot Ids, TokenSlot Positions) : IDisposable
{
    public void Dispose()
    {
        Ids.Dispose();
        Positions.Dispose();
    }
}
