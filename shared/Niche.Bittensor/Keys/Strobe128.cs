using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Niche.Bittensor.Keys;

/// <summary>The part of STROBE-128 (strobe.sourceforge.io, v1.0.2) that Merlin uses: meta-AD, AD and PRF.</summary>
internal sealed class Strobe128 : IDisposable
{
    private const int Rate = 166;
    private const byte FlagI = 1, FlagA = 2, FlagC = 4, FlagM = 16, FlagK = 32;

    private readonly ulong[] _lanes = new ulong[25];
    private int _position;
    private int _begin;
    private byte _flags;

    public Strobe128(ReadOnlySpan<byte> protocol)
    {
        var state = State;
        ReadOnlySpan<byte> header = [1, Rate + 2, 1, 0, 1, 96];
        header.CopyTo(state);
        "STROBEv1.0.2"u8.CopyTo(state[6..]);
        KeccakF1600.Permute(_lanes);
        MetaAd(protocol, more: false);
    }

    private Span<byte> State => MemoryMarshal.AsBytes(_lanes.AsSpan());

    public void MetaAd(ReadOnlySpan<byte> data, bool more)
    {
        Begin(FlagM | FlagA, more);
        Absorb(data);
    }

    public void Ad(ReadOnlySpan<byte> data)
    {
        Begin(FlagA, more: false);
        Absorb(data);
    }

    public void Prf(Span<byte> output)
    {
        Begin(FlagI | FlagA | FlagC, more: false);
        var state = State;
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = state[_position];
            state[_position++] = 0;
            if (_position == Rate) RunF();
        }
    }

    public void Dispose() => Array.Clear(_lanes);

    private void Begin(byte flags, bool more)
    {
        if (more)
        {
            Debug.Assert(flags == _flags, "a continued operation keeps its flags");
            return;
        }

        var old = (byte)_begin;
        _begin = _position + 1;
        _flags = flags;
        Absorb([old, flags]);
        if ((flags & (FlagC | FlagK)) != 0 && _position != 0) RunF();
    }

    private void Absorb(ReadOnlySpan<byte> data)
    {
        var state = State;
        foreach (var b in data)
        {
            state[_position++] ^= b;
            if (_position == Rate) RunF();
        }
    }

    private void RunF()
    {
        var state = State;
        state[_position] ^= (byte)_begin;
        state[_position + 1] ^= 0x04;
        state[Rate + 1] ^= 0x80;
        KeccakF1600.Permute(_lanes);
        _position = 0;
        _begin = 0;
    }
}
