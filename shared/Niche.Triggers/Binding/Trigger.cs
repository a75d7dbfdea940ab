using Niche.Triggers.Timers;

namespace Niche.Triggers.Binding;

/// <summary>What starts a function, with all settings expanded.</summary>
internal abstract record Trigger
{
    public abstract string Kind { get; }
}

/// <summary>Messages of a queue.</summary>
internal sealed record QueueTrigger(string Queue, string Connection) : Trigger
{
    public override string Kind => "queue";
}

/// <summary>A schedule.</summary>
internal sealed record TimerTrigger(TimerSchedule Schedule, bool RunOnStartup, bool UseMonitor) : Trigger
{
    public override string Kind => "timer";
}

/// <summary>HTTP requests; the route is without prefix, methods null means all.</summary>
internal sealed record HttpTrigger(string Route, IReadOnlyList<string>? Methods, AuthorizationLevel AuthLevel) : Trigger
{
    public override string Kind => "http";
}
