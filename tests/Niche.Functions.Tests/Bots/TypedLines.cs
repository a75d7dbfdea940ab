using System.Threading.Channels;

namespace Niche.Functions.Tests.Bots;

/// <summary>A keyboard that types when the test says so.</summary>
internal sealed class TypedLines : TextReader
{
    private readonly Channel<string?> _lines = Channel.CreateUnbounded<string?>();

    public void Type(string? line) => Assert.True(_lines.Writer.TryWrite(line));

    public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) => _lines.Reader.ReadAsync(cancellationToken);
}
