using System.Diagnostics.Metrics;

namespace Niche.Bots.Operation;

/// <summary>Meter <c>Niche.Bots</c>: what people ask for, how it ends, how long it takes.</summary>
public sealed class BotMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Niche.Bots";

    private readonly Meter _meter;
    private readonly Counter<long> _commands, _faults, _edits, _duplicates;
    private readonly Histogram<double> _handled, _acknowledged;

    /// <summary>Creates the instruments.</summary>
    public BotMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _commands = _meter.CreateCounter<long>("niche.bots.commands", "{command}", "Commands and buttons by name and outcome.");
        _faults = _meter.CreateCounter<long>("niche.bots.platform.faults", "{fault}", "Faults of platforms by kind.");
        _edits = _meter.CreateCounter<long>("niche.bots.edits", "{edit}", "Changes of waiting messages.");
        _duplicates = _meter.CreateCounter<long>("niche.bots.duplicates", "{event}", "Events that came again and were not handled again.");
        _handled = _meter.CreateHistogram<double>("niche.bots.handle.duration", "s", "From taking an event off the queue to its end.");
        _acknowledged = _meter.CreateHistogram<double>("niche.bots.acknowledge.duration", "s", "From an event's arrival at the desk to its acknowledgement.");
    }

    /// <summary>An event was acknowledged.</summary>
    public void Acknowledged(string platform, TimeSpan took) => _acknowledged.Record(took.TotalSeconds, Tag("platform", platform));

    /// <summary>An event was handled.</summary>
    public void Handled(string platform, string command, string outcome, TimeSpan took)
    {
        _commands.Add(1, Tag("platform", platform), Tag("command", command), Tag("outcome", outcome));
        _handled.Record(took.TotalSeconds, Tag("platform", platform), Tag("command", command));
    }

    /// <summary>A platform did not do what it was asked.</summary>
    public void Faulted(string platform, Platforms.PlatformFault fault) => _faults.Add(1, Tag("platform", platform), Tag("fault", fault.ToString()));

    /// <summary>A waiting message was changed.</summary>
    public void Edited(string platform) => _edits.Add(1, Tag("platform", platform));

    /// <summary>An event came again.</summary>
    public void Repeated(string platform) => _duplicates.Add(1, Tag("platform", platform));

    /// <summary>Ends the meter.</summary>
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
