namespace Niche.Inference.Models;

/// <summary>The tensor sets of one graph whose runs are captured: a picture takes an idle set of its form and gives it back.</summary>
/// <param name="most">Sets that are kept; captured runs hold memory for good, so pictures of further forms run uncaptured.</param>
internal sealed class TwinSets(int most = 16) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<TwinSet> _idle = [];
    private int _made;

    /// <summary>An idle set of a form, or a new one.</summary>
    public TwinSet Rent(string form)
    {
        lock (_gate)
        {
            var at = _idle.FindIndex(set => set.Form == form);
            if (at < 0) return new TwinSet(_made < most ? ++_made : -1, form);
            var set = _idle[at];
            _idle.RemoveAt(at);
            return set;
        }
    }

    /// <summary>Gives a set back.</summary>
    public void Return(TwinSet set)
    {
        if (set.Id < 0)
        {
            set.Dispose();
            return;
        }
        lock (_gate) _idle.Add(set);
    }

    public void Dispose()
    {
        foreach (var set in _idle) set.Dispose();
    }
}
