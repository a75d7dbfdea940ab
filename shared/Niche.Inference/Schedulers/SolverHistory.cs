namespace Niche.Inference.Schedulers;

/// <summary>The last few converted outputs of a multistep solver; older ones are overwritten.</summary>
internal sealed class SolverHistory(int depth)
{
    private readonly float[][] _outputs = [.. Enumerable.Repeat(Array.Empty<float>(), depth)];
    private int _count;

    /// <summary>Outputs that can be looked back at.</summary>
    public int Count => Math.Min(_count, depth);

    /// <summary>The output of so many steps ago; 0 is the newest.</summary>
    public Span<float> this[int back] => _outputs[(_count - 1 - back) % depth];

    /// <summary>Makes room for the output of a new step.</summary>
    public Span<float> Push(int length)
    {
        ref var slot = ref _outputs[_count++ % depth];
        if (slot.Length != length) slot = new float[length];
        return slot;
    }
}
