using System.Diagnostics;
using System.Diagnostics.Metrics;
using Niche.Triggers.Binding;

namespace Niche.Triggers.Execution;

/// <summary>The meter and activity source of the engine, both named "Niche.Triggers".</summary>
internal sealed class TriggerTelemetry
{
    public const string Name = "Niche.Triggers";

    private static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> _executions;
    private readonly Counter<long> _poisoned;
    private readonly Histogram<double> _duration;

    public TriggerTelemetry(IMeterFactory meters, FunctionCatalog catalog)
    {
        var meter = meters.Create(Name);
        _executions = meter.CreateCounter<long>("niche.triggers.executions", "{execution}", "Invocations completed, by outcome.");
        _poisoned = meter.CreateCounter<long>("niche.triggers.poisoned", "{message}", "Messages moved to a poison queue.");
        _duration = meter.CreateHistogram<double>("niche.triggers.duration", "s", "Duration of an invocation.");
        meter.CreateObservableUpDownCounter("niche.triggers.in_flight", () => InFlight(catalog), "{execution}", "Invocations running now.");
    }

    public static Activity? Start(FunctionDescriptor function) =>
        Source.HasListeners()
            ? Source.StartActivity(function.Name)?.SetTag("faas.name", function.Name).SetTag("faas.trigger", function.Trigger.Kind)
            : null;

    public void Ended(FunctionDescriptor function, string outcome, TimeSpan duration)
    {
        if (_executions.Enabled)
            _executions.Add(1, Tag(function), new("outcome", outcome));
        if (_duration.Enabled)
            _duration.Record(duration.TotalSeconds, Tag(function), new("outcome", outcome));
    }

    public void Poisoned(FunctionDescriptor function) => _poisoned.Add(1, Tag(function));

    private static KeyValuePair<string, object?> Tag(FunctionDescriptor function) => new("function", function.Name);

    private static IEnumerable<Measurement<int>> InFlight(FunctionCatalog catalog) =>
        catalog.Functions.Select(f => new Measurement<int>(
            f.Counters.Snapshot(f.Name, f.Trigger.Kind, f.Disabled).InFlight, Tag(f)));
}
