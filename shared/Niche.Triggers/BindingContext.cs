namespace Niche.Triggers;

/// <summary>What the trigger says about one invocation.</summary>
public abstract class BindingContext
{
    /// <summary>Trigger data by name, compared without case. Queue triggers give QueueTrigger (the text), Id, PopReceipt,
    /// DequeueCount, InsertionTime, ExpirationTime and NextVisibleTime; HTTP triggers the route values. As in the real worker every
    /// value is a string: text as it is, numbers and times as JSON (a time therefore in quotation marks).</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
