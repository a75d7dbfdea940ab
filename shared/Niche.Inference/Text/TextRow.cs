using System.Threading.Channels;

namespace Niche.Inference.Text;

/// <summary>One text of a batch: what it has to say to whoever asked for it, and where its cache is.</summary>
/// <param name="prompt">The prompt's tokens.</param>
/// <param name="progress">The text before its first token.</param>
/// <param name="cancellation">The asker's wish to stop.</param>
internal sealed class TextRow(int[] prompt, TextProgress progress, CancellationToken cancellation)
{
    // Never more than the text has tokens: who reads slowly holds up nobody.
    private readonly Channel<TextPiece> _pieces = Channel.CreateUnbounded<TextPiece>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int[] Prompt => prompt;

    public CancellationToken Cancellation => cancellation;

    /// <summary>The token to go on with.</summary>
    public int Next => progress.Next;

    /// <summary>The cache that holds the text, and perhaps others.</summary>
    public DecoderState? State { get; private set; }

    /// <summary>Row of the text in its cache.</summary>
    public int Index { get; private set; }

    public ChannelReader<TextPiece> Pieces => _pieces.Reader;

    /// <summary>Ends when the batch has let go of the text.</summary>
    public Task Left => _left.Task;

    public void Move(DecoderState state, int index) => (State, Index) = (state, index);

    /// <summary>Takes the logits of the last place; true when the text goes on.</summary>
    public bool Take(ReadOnlySpan<float> logits, RankingRoom room)
    {
        var piece = progress.Take(logits, room);
        _pieces.Writer.TryWrite(piece);
        return piece.FinishReason is null;
    }

    public void Leave(Exception? error)
    {
        _pieces.Writer.TryComplete(error);
        _left.TrySetResult();
    }
}
