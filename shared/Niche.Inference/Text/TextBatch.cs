using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Text;

/// <summary>
/// Texts of one model that are made at the same time share its runs: each joins between two tokens of the others and leaves when it ends, fails or is
/// cancelled. Every text has its own seed and rules, so what is drawn for it does not depend on its company; its logits do in their last bits, as sums of
/// another shape. Safe to call from many threads.
/// </summary>
/// <param name="generator">The model; it must live as long as texts are made.</param>
/// <param name="most">Most texts at a time; more wait.</param>
public sealed class TextBatch(TextGenerator generator, int most)
{
    private readonly Lock _gate = new();
    private readonly List<TextRow> _waiting = [];
    private readonly RunClock _clock = new(generator.Time);
    private bool _working;
    private volatile TextRows? _rows;

    /// <summary>Texts that are being made.</summary>
    public int Running => _rows?.Count ?? 0;

    /// <summary>Texts that wait.</summary>
    public int Waiting
    {
        get { lock (_gate) return _waiting.Count; }
    }

    /// <summary>Runs of the graph so far: one for each prompt, and one for each token of all texts together.</summary>
    public int Runs => _clock.Calls;

    /// <summary>Continues a text token by token, beginning when the result is enumerated.</summary>
    /// <param name="request">What to continue and how.</param>
    /// <param name="cancellation">Takes the text out of the batch.</param>
    /// <exception cref="InferenceException">The prompt fills the context, or the model produced numbers that are not finite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before its last piece was read.</exception>
    public async IAsyncEnumerable<TextPiece> StreamAsync(TextRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (prompt, progress) = generator.Begin(request);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var row = new TextRow(prompt, progress, leave.Token);
        Enter(row);
        try
        {
            await foreach (var piece in row.Pieces.ReadAllAsync(CancellationToken.None))
            {
                // What was made before the batch heard of it is not wanted either.
                cancellation.ThrowIfCancellationRequested();
                yield return piece;
            }
        }
        finally
        {
            // Also for whoever stops reading: nothing of a text outlives its enumeration.
            await leave.CancelAsync();
            await row.Left;
        }
    }

    private void Enter(TextRow row)
    {
        lock (_gate)
        {
            _waiting.Add(row);
            if (_working) return;
            _working = true;
        }
        Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Work()
    {
        using var options = new RunOptions();
        var rows = _rows = new TextRows(generator.Graph, generator.Words, _clock, options);
        while (Admit(rows.Count) is { } joining)
        {
            foreach (var row in joining) rows.Join(row);
            rows.Step();
        }
    }

    // Those that join now; null when nobody is left.
    private TextRow[]? Admit(int running)
    {
        lock (_gate)
        {
            var gone = _waiting.FindAll(row => row.Cancellation.IsCancellationRequested);
            _waiting.RemoveAll(gone.Contains);
            foreach (var row in gone) row.Leave(new OperationCanceledException(row.Cancellation));
            TextRow[] joining = [.. _waiting.Take(Math.Max(0, most - running))];
            _waiting.RemoveRange(0, joining.Length);
            _working = running + joining.Length > 0;
            return _working ? joining : null;
        }
    }
}
