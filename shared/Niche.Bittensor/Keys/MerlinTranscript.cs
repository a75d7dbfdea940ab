using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Niche.Bittensor.Keys;

/// <summary>
/// A Merlin 1.0 transcript (merlin.cool): labelled messages in, labelled challenges out. A value: copying it forks the transcript.
/// Call <see cref="Clear"/> when secrets went in.
/// </summary>
internal struct MerlinTranscript
{
    private Strobe128 _strobe = new("Merlin v1.0"u8);

    public MerlinTranscript(ReadOnlySpan<byte> label) => Append("dom-sep"u8, label);

    public void Append(ReadOnlySpan<byte> label, ReadOnlySpan<byte> message)
    {
        Frame(label, message.Length);
        _strobe.Ad(message);
    }

    /// <summary>One message in three pieces.</summary>
    public void Append(ReadOnlySpan<byte> label, ReadOnlySpan<byte> head, ReadOnlySpan<byte> message, ReadOnlySpan<byte> tail)
    {
        Frame(label, head.Length + message.Length + tail.Length);
        _strobe.Ad(head);
        _strobe.Ad(message, more: true);
        _strobe.Ad(tail, more: true);
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

    /// <summary>
    /// Secret bytes that depend on all that was said so far, on a long-term secret and on fresh entropy: either of the two alone keeps them
    /// unpredictable. Merlin's transcript RNG, with both keys in one operation. Run it on a fork, which is of no other use afterwards.
    /// </summary>
    public void Witness(ReadOnlySpan<byte> label, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> entropy, Span<byte> output)
    {
        Frame(label, secret.Length + entropy.Length);
        _strobe.Key(secret);
        _strobe.Key(entropy, more: true);
        Frame("rng"u8, output.Length);
        _strobe.Prf(output);
    }

    public void Clear() => _strobe.Clear();

    private void Frame(ReadOnlySpan<byte> label, int length)
    {
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, length);
        _strobe.MetaAd(label, more: false);
        _strobe.MetaAd(size, more: true);
    }
}
