namespace Niche.Triggers.Tests.Rig;

/// <summary>One function on the queue "work".</summary>
public sealed class WorkFunction(Probe probe)
{
    [Function("Work")]
    public Task Run([QueueTrigger("work")] string text, FunctionContext context, CancellationToken token) => probe.RunAsync(text, context, token);
}
