using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Niche.Bittensor.Keys;

/// <summary>A Merlin 1.0 transcript (merlin.cool): labelled messages in, labelled challenges out.</summary>
internal sealed class MerlinTranscript : IDisposable
{
    private readonly Strobe128 _strobe = new("Merlin v1.0"u8);

    public MerlinTranscript(ReadOnlySpan<byte> label) => Append("dom-sep"u8, label);

    public void Append(ReadOnlySpan<byte> label, ReadOnlySpan<byte> message)
    {
        Frame(label, message.Length);
        _strobe.Ad(message);
    }

    public void Challenge(ReadOnlySpan<byte> label, Span<byte> output)
    {
        Frame(label, output.Length);
        _strobe.Prf(output);
    }

    /// <summary>64 challenge bytes reduced modulo the group order, little-endian, 32 bytes.</summary>
    public void ChallengeScalar(ReadOnlySpan<byte> label, Span<byte> scalar)
    {
        Span<byte> wide = stackalloc byte[64];
        Challenge(label, wide);
        Ristretto255.ReduceScalar(wide, scalar);
        CryptographicOperations.ZeroMemory(wide);
    }

    public void Dispose() => _strobe.Dispose();

    private void Frame(ReadOnlySpan<byte> label, int length)
    {
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, length);
        _strobe.MetaAd(label, more: false);
        _strobe.MetaAd(size, more: true);
    }
}
