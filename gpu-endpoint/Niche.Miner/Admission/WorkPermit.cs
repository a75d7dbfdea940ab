namespace Niche.Miner.Admission;

/// <summary>Leave to work: a slot and one request of the caller's quota. Disposing frees the slot.</summary>
public sealed class WorkPermit : IDisposable
{
    private readonly Action _leave;
    private readonly Action _giveBack;

    internal WorkPermit(TimeSpan timeout, Action leave, Action giveBack) => (Timeout, _leave, _giveBack) = (timeout, leave, giveBack);

    /// <summary>Time left for the work.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>Gives the request back to the quota: it was not served, through no fault of the caller's.</summary>
    public void GiveBack() => _giveBack();

    /// <summary>Frees the slot.</summary>
    public void Dispose() => _leave();
}
