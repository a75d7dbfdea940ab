namespace Niche.Triggers.Binding;

/// <summary>Where part of a function's result goes.</summary>
/// <param name="Queue">Queue name.</param>
/// <param name="Connection">Connection name.</param>
/// <param name="Value">From the function's result to the value to put.</param>
internal sealed record QueueOutput(string Queue, string Connection, Func<object, object?> Value);
