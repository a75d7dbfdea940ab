namespace Niche.GpuEndpoint.Models;

/// <summary>Work that has been accepted for a model, from its acceptance to its end: a model that is removed stays in memory until all have ended.</summary>
public sealed class ModelUse : IDisposable
{
    private readonly ModelUses _uses;
    private readonly string _model;
    private int _over;

    internal ModelUse(ModelUses uses, string model) => (_uses, _model) = (uses, model);

    /// <summary>The work has ended; a second time does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _over, 1) == 0) _uses.Return(_model);
    }
}
