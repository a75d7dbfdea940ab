using Niche.Inference.Models;

namespace Niche.Inference.Tests.Models;

/// <summary>What captured runs are tied to: tensors by form, and one thread.</summary>
public sealed class TwinSetsTests
{
    [Fact]
    public void A_set_serves_one_picture_after_another_but_never_two_at_once()
    {
        using var sets = new TwinSets();
        var (first, second) = (sets.Rent("64"), sets.Rent("64"));
        Assert.NotEqual(first.Id, second.Id);
        sets.Return(first);

        Assert.NotSame(first, sets.Rent("96"));
        Assert.Same(first, sets.Rent("64"));
    }

    [Fact]
    public void Beyond_the_bound_nothing_is_captured_and_nothing_kept()
    {
        using var sets = new TwinSets(most: 1);
        sets.Return(sets.Rent("64"));
        var other = sets.Rent("96");
        sets.Return(other);

        Assert.Equal((1, -1), (sets.Rent("64").Id, other.Id));
        Assert.NotSame(other, sets.Rent("96"));
    }

    [Fact]
    public void All_work_of_a_thread_is_done_there_and_its_errors_come_back()
    {
        using var thread = new RunThread("test");
        var seen = new System.Collections.Concurrent.ConcurrentBag<int>();

        Parallel.For(0, 20, _ => thread.Do(() => seen.Add(Environment.CurrentManagedThreadId)));

        Assert.Equal(20, seen.Count);
        Assert.Single(seen.Distinct());
        Assert.Equal("no", Assert.Throws<InvalidOperationException>(() => thread.Do(() => throw new InvalidOperationException("no"))).Message);
    }
}
