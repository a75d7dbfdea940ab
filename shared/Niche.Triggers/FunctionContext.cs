namespace Niche.Triggers;

/// <summary>One invocation of a function. Valid until the function's task completes.</summary>
public abstract class FunctionContext
{
    /// <summary>Unique to this invocation.</summary>
    public abstract string InvocationId { get; }

    /// <summary>Unique to the function, the same in every invocation.</summary>
    public abstract string FunctionId { get; }

    /// <summary>What the trigger says about this invocation.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>The services of this invocation's scope.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The function being run.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>Values shared within this invocation.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>Cancelled at functionTimeout, at the shutdown deadline, and when an HTTP caller goes away.</summary>
    public virtual CancellationToken CancellationToken => CancellationToken.None;
}
