namespace Niche.Triggers.Execution;

/// <summary>What one function has done since the process started.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Trigger">"queue", "timer" or "http".</param>
/// <param name="Disabled">Switched off by <c>AzureWebJobs.{Function}.Disabled</c>.</param>
/// <param name="Executed">Invocations completed, failed ones included.</param>
/// <param name="Failed">Invocations that threw; an HTTP caller going away is not a failure.</param>
/// <param name="Poisoned">Messages moved to the poison queue.</param>
/// <param name="InFlight">Invocations running now.</param>
/// <param name="LastDuration">How long the last completed invocation took.</param>
/// <param name="LastRun">When it completed; null before the first.</param>
public sealed record FunctionStatistics(
    string Function,
    string Trigger,
    bool Disabled,
    long Executed,
    long Failed,
    long Poisoned,
    int InFlight,
    TimeSpan LastDuration,
    DateTimeOffset? LastRun);
