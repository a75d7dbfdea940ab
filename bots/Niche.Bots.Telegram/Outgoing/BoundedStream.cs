namespace Niche.Bots.Telegram.Outgoing;

/// <summary>Takes bytes up to a bound; more than that is an <see cref="IOException"/>, so that nobody goes on reading.</summary>
internal sealed class BoundedStream(int max) : Stream
{
    private readonly MemoryStream _content = new();

    /// <summary>More came than allowed.</summary>
    public bool IsOver { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => _content.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _content.Position;
        set => throw new NotSupportedException();
    }

    /// <summary>What was taken.</summary>
    public byte[] ToArray() => _content.ToArray();

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        IsOver |= _content.Length + buffer.Length > max;
        if (IsOver) throw new IOException("The file is larger than allowed.");
        _content.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _content.Dispose();
        base.Dispose(disposing);
    }
}
