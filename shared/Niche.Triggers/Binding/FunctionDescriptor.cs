using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Niche.Triggers.Execution;

namespace Niche.Triggers.Binding;

/// <summary>Calls a function's method with its arguments bound from the invocation.</summary>
internal delegate ValueTask<object?> FunctionCall(object? instance, Invocation invocation);

/// <summary>A function found and checked, with everything its invocations need already compiled.</summary>
internal sealed class FunctionDescriptor(string name, MethodInfo method, Trigger trigger, FunctionCall call) : FunctionDefinition
{
    public override string Name { get; } = name;

    public override string Id { get; } = name.ToUpperInvariant();

    public override string EntryPoint { get; } = $"{method.DeclaringType!.FullName}.{method.Name}";

    public override string PathToAssembly { get; } = method.DeclaringType!.Assembly.Location;

    public Trigger Trigger { get; } = trigger;

    public FunctionCall Call { get; } = call;

    public bool Disabled { get; init; }

    public Type Class { get; } = method.DeclaringType!;

    /// <summary>Builds the function's class from a scope's services; null for a static method.</summary>
    public ObjectFactory? Factory { get; } =
        method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.DeclaringType!, Type.EmptyTypes);

    public IReadOnlyList<QueueOutput> Outputs { get; init; } = [];

    /// <summary>From the function's result to the HTTP answer; null when the function wrote the response itself.</summary>
    public Func<object, IActionResult?>? HttpResult { get; init; }

    public FunctionCounters Counters { get; } = new();
}
