namespace Niche.Inference.Tests;

/// <summary>Managed memory that work takes.</summary>
internal static class Allocations
{
    /// <summary>Bytes that this thread allocates, the least of several goes: a collection that empties the pools costs one of them a new buffer.</summary>
    public static long Of(Action work) => Enumerable.Range(0, 5).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });
}
