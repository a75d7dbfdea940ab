namespace Niche.Triggers.Execution;

/// <summary>An invocation was cancelled because it ran longer than functionTimeout of host.json.</summary>
public sealed class FunctionTimeoutException : TimeoutException
{
    /// <summary>Says which function, and what it was allowed.</summary>
    public FunctionTimeoutException(string function, TimeSpan timeout, Exception inner)
        : base($"Function '{function}' was cancelled after functionTimeout ({timeout:c}).", inner)
    {
        Function = function;
        Timeout = timeout;
    }

    /// <summary>The function.</summary>
    public string Function { get; }

    /// <summary>What it was allowed.</summary>
    public TimeSpan Timeout { get; }
}
