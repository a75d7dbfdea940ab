using Niche.Triggers.Binding;

namespace Niche.Triggers.Execution;

/// <summary>Counts of every function of this process; a service of the application.</summary>
public sealed class TriggerStatistics
{
    private readonly FunctionCatalog _catalog;

    internal TriggerStatistics(FunctionCatalog catalog) => _catalog = catalog;

    /// <summary>All functions, in order of name.</summary>
    public IReadOnlyList<FunctionStatistics> Snapshot() =>
        [.. _catalog.Functions.Select(Of)];

    /// <summary>One function; null when there is none of that name.</summary>
    public FunctionStatistics? Of(string function) =>
        _catalog.Functions.FirstOrDefault(f => f.Name.Equals(function, StringComparison.OrdinalIgnoreCase)) is { } found ? Of(found) : null;

    private static FunctionStatistics Of(FunctionDescriptor function) =>
        function.Counters.Snapshot(function.Name, function.Trigger.Kind, function.Disabled);
}
