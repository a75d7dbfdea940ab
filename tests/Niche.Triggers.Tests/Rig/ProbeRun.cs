namespace Niche.Triggers.Tests.Rig;

public sealed record ProbeRun(object? Input, FunctionContext Context, CancellationToken Token)
{
    public string? Data(string key) => (string?)Context.BindingContext.BindingData[key];
}
