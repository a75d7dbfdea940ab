namespace Niche.Miner.Work;

/// <summary>How a request for work ended; each is counted apart.</summary>
public enum WorkOutcome
{
    /// <summary>The answer was sent.</summary>
    Served,

    /// <summary>The caller may not ask at all.</summary>
    Forbidden,

    /// <summary>A field is out of its range.</summary>
    BadRequest,

    /// <summary>The caller's share of the interval is used up.</summary>
    QuotaExceeded,

    /// <summary>The miner's own queue is full.</summary>
    Busy,

    /// <summary>The deadline passed while waiting for a turn.</summary>
    Expired,

    /// <summary>The endpoints are full.</summary>
    EndpointBusy,

    /// <summary>No endpoint could be reached.</summary>
    EndpointDown,

    /// <summary>An endpoint answered with a failure or with something unusable.</summary>
    EndpointFailed,

    /// <summary>The deadline passed while the endpoint worked.</summary>
    Late,

    /// <summary>The caller went away.</summary>
    CallerLeft,

    /// <summary>A defect of ours.</summary>
    Fault,
}
