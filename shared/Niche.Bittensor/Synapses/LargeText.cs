using System.Buffers;
using System.Text;
using System.Text.Json.Serialization;

namespace Niche.Bittensor.Synapses;

/// <summary>
/// Text of megabytes (a picture in base64) as a field of a synapse: kept as UTF-8 in pooled memory, where a string would put twice its size
/// on the large object heap for every request. On the wire it is a plain JSON string.
/// </summary>
/// <remarks>
/// An axon gives the memory of request and answer back once the answer is written: copy what shall live longer. What a dendrite
/// receives belongs to its caller, who may dispose it.
/// </remarks>
[JsonConverter(typeof(LargeTextConverter))]
public sealed class LargeText : IDisposable
{
    private byte[]? _bytes;

    private LargeText(byte[] bytes, int length) => (_bytes, Length) = (bytes, length);

    /// <summary>Length in bytes of UTF-8.</summary>
    public int Length { get; }

    /// <summary>The text; valid until it is disposed.</summary>
    /// <exception cref="ObjectDisposedException">It was given back.</exception>
    public ReadOnlySpan<byte> Utf8
    {
        get
        {
            ObjectDisposedException.ThrowIf(_bytes is null, this);
            return _bytes.AsSpan(0, Length);
        }
    }

    /// <summary>A copy of UTF-8 text.</summary>
    /// <exception cref="ArgumentException">Not UTF-8.</exception>
    public static LargeText FromUtf8(ReadOnlySpan<byte> text)
    {
        if (!System.Text.Unicode.Utf8.IsValid(text)) throw new ArgumentException("The text is not UTF-8.", nameof(text));
        return Create(text.Length, text, static (source, target) =>
        {
            source.CopyTo(target);
            return source.Length;
        });
    }

    /// <summary>A copy of a string.</summary>
    public static LargeText FromString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Create(Encoding.UTF8.GetByteCount(text), text.AsSpan(), static (source, target) => Encoding.UTF8.GetBytes(source, target));
    }

    /// <summary>The text as a string.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8);

    /// <summary>Gives the memory back; reading afterwards throws. Once more does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { Length: > 0 } bytes) ArrayPool<byte>.Shared.Return(bytes);
    }

    internal delegate int Fill<TSource>(TSource source, Span<byte> target)
        where TSource : allows ref struct;

    internal static LargeText Create<TSource>(int capacity, TSource source, Fill<TSource> fill)
        where TSource : allows ref struct
    {
        var bytes = ArrayPool<byte>.Shared.Rent(capacity);
        try
        {
            return new LargeText(bytes, fill(source, bytes));
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(bytes);
            throw;
        }
    }
}
