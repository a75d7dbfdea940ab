using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Niche.Bittensor.Keys;

/// <summary>
/// The part of STROBE-128 (strobe.sourceforge.io, v1.0.2) that Merlin uses: meta-AD, AD, KEY and PRF. A value on the stack: copying it
/// forks the duplex, and nothing of it stays in the heap. Call <see cref="Clear"/> when secrets went in.
/// </summary>
internal struct Strobe128
{
    private const int Rate = 166;
    private const byte FlagI = 1, FlagA = 2, FlagC = 4, FlagM = 16;

    private Duplex _state;
    private int _position;
    private int _begin;
    private byte _flags;

    public Strobe128(ReadOnlySpan<byte> protocol)
    {
        ReadOnlySpan<byte> header = [1, Rate + 2, 1, 0, 1, 96];
        header.CopyTo(State);
        "STROBEv1.0.2"u8.CopyTo(State[header.Length..]);
        KeccakF1600.Permute(_state);
        MetaAd(protocol, more: false);
    }

    [UnscopedRef]
    private Span<byte> State => MemoryMarshal.AsBytes((Span<ulong>)_state);

    public void MetaAd(ReadOnlySpan<byte> data, bool more)
    {
        Begin(FlagM | FlagA, more);
        Absorb(data);
    }

    public void Ad(ReadOnlySpan<byte> data, bool more = false)
    {
        Begin(FlagA, more);
        Absorb(data);
    }

    /// <summary>Replaces state by the key instead of mixing it in, so that what was there can not be computed back.</summary>
    public void Key(ReadOnlySpan<byte> data, bool more = false)
    {
        Begin(FlagA | FlagC, more);
        while (!data.IsEmpty)
        {
            var block = Block(data.Length);
            data[..block.Length].CopyTo(block);
            data = data[block.Length..];
            Advance(block.Length);
        }
    }

    public void Prf(Span<byte> output)
    {
        Begin(FlagI | FlagA | FlagC, more: false);
        while (!output.IsEmpty)
        {
            var block = Block(output.Length);
            block.CopyTo(output);
            block.Clear();
            output = output[block.Length..];
            Advance(block.Length);
        }
    }

    public void Clear() => CryptographicOperations.ZeroMemory(State);

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
        if ((flags & FlagC) != 0 && _position != 0) RunF();
    }

    private void Absorb(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var block = Block(data.Length);
            Xor(block, data[..block.Length]);
            data = data[block.Length..];
            Advance(block.Length);
        }
    }

    private static void Xor(Span<byte> block, ReadOnlySpan<byte> data)
    {
        for (; data.Length >= sizeof(ulong); block = block[sizeof(ulong)..], data = data[sizeof(ulong)..])
            MemoryMarshal.Write(block, MemoryMarshal.Read<ulong>(block) ^ MemoryMarshal.Read<ulong>(data));
        for (var i = 0; i < data.Length; i++) block[i] ^= data[i];
    }

    [UnscopedRef]
    private Span<byte> Block(int wanted) => State.Slice(_position, Math.Min(wanted, Rate - _position));

    private void Advance(int bytes)
    {
        _position += bytes;
        if (_position == Rate) RunF();
    }

    private void RunF()
    {
        var state = State;
        state[_position] ^= (byte)_begin;
        state[_position + 1] ^= 0x04;
        state[Rate + 1] ^= 0x80;
        KeccakF1600.Permute(_state);
        _position = 0;
        _begin = 0;
    }

    [InlineArray(KeccakF1600.Lanes)]
    private struct Duplex
    {
        private ulong _lane;
    }
}
