using System.Reflection;
using Microsoft.AspNetCore.Builder;

namespace Niche.Triggers.Builder;

/// <summary>What only the embedded host offers; the Azure head has no counterpart.</summary>
public sealed class LocalHead
{
    private readonly List<Action<WebApplication>> _configure = [];
    private readonly List<Type> _types = [];

    internal LocalHead()
    {
    }

    /// <summary>Path of host.json; null looks beside the program, then in the content root. No file means all defaults.</summary>
    public string? HostJsonPath { get; set; }

    internal bool HttpEnabled { get; private set; }

    internal IReadOnlyList<Action<WebApplication>> AppConfigurations => _configure;

    internal IReadOnlyList<Type> FunctionTypes => _types;

    /// <summary>Adds middleware, static files or endpoints; runs before the functions' own endpoints are mapped.</summary>
    public LocalHead ConfigureApp(Action<WebApplication> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _configure.Add(configure);
        return this;
    }

    /// <summary>Takes the functions of these classes only. Without this and <see cref="UseFunctionsFrom"/>, the entry assembly's.</summary>
    public LocalHead UseFunctions(params Type[] types)
    {
        ArgumentNullException.ThrowIfNull(types);
        _types.AddRange(types);
        return this;
    }

    /// <summary>Takes the functions of every class of these assemblies.</summary>
    public LocalHead UseFunctionsFrom(params Assembly[] assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        foreach (var assembly in assemblies)
            _types.AddRange(assembly.GetTypes());
        return this;
    }

    internal void EnableHttp() => HttpEnabled = true;
}
