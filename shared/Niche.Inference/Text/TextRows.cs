using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;

namespace Niche.Inference.Text;

/// <summary>
/// The texts that are being made now. They share a cache and a run for each token; the cache is copied only when one comes or goes. What happens to one
/// of them, failure included, stays its own. Belongs to one thread.
/// </summary>
/// <param name="graph">Their model.</param>
/// <param name="words">Logits of a place that belong to tokens.</param>
/// <param name="clock">Measures the runs.</param>
/// <param name="options">Of runs that several texts share.</param>
internal sealed class TextRows(DecoderGraph graph, int words, RunClock clock, RunOptions options)
{
    private readonly RankingRoom _room = new(words);
    private readonly List<TextRow> _rows = [];

    public int Count => _rows.Count;

    /// <summary>Reads a prompt, alone, and takes its text in unless that ends with the first token.</summary>
    public void Join(TextRow row)
    {
        var state = new DecoderState(graph);
        try
        {
            using var run = new CancellableRun(row.Cancellation);
            run.Do(own =>
            {
                state.Read(row.Prompt, clock, own);
                return true;
            });
            row.Move(state, 0);
            _rows.Add(row);
            if (!row.Take(state.Logits(0)[..words], _room)) Leave(row, null);
        }
        // Whatever it was: it happened to this text, and whoever asked for it is told.
        catch (Exception e)
        {
            if (!_rows.Contains(row)) state.Dispose();
            Leave(row, e);
        }
    }

    /// <summary>Makes the next token of every text.</summary>
    public void Step()
    {
        foreach (var row in _rows.Where(row => row.Cancellation.IsCancellationRequested).ToArray()) Leave(row, new OperationCanceledException(row.Cancellation));
        // A graph that counts positions inside cannot know where the text of a padded row begins.
        foreach (var group in _rows.ToArray().Chunk(graph.HasPositions ? Math.Max(1, _rows.Count) : 1)) Step(group);
    }

    private void Step(TextRow[] rows)
    {
        try
        {
            Align(rows).Append([.. rows.Select(row => row.Next)], 1, clock, options);
        }
        // A run has no rows that could be blamed: all that took part in it are told.
        catch (Exception e)
        {
            foreach (var row in rows) Leave(row, e);
            return;
        }
        foreach (var row in rows) Take(row);
    }

    private void Take(TextRow row)
    {
        try
        {
            if (!row.Take(row.State!.Logits(row.Index)[..words], _room)) Leave(row, null);
        }
        catch (InferenceException e)
        {
            Leave(row, e);
        }
    }

    // One cache with these rows and no others.
    private DecoderState Align(TextRow[] rows)
    {
        var state = rows[0].State!;
        if (state.Rows == rows.Length && rows.Index().All(row => row.Item.State == state && row.Item.Index == row.Index)) return state;
        var gathered = DecoderState.Gather(graph, [.. rows.Select(row => (row.State!, row.Index))]);
        var old = rows.Select(row => row.State!).Distinct().ToArray();
        foreach (var (index, row) in rows.Index()) row.Move(gathered, index);
        foreach (var one in old) one.Dispose();
        return gathered;
    }

    private void Leave(TextRow row, Exception? error)
    {
        _rows.Remove(row);
        if (row.State is { } state && _rows.All(other => other.State != state)) state.Dispose();
        row.Leave(error);
    }
}
