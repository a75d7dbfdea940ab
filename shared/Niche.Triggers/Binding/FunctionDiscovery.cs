using System.Reflection;
using System.Runtime.CompilerServices;
using Niche.Triggers.Hosting;

namespace Niche.Triggers.Binding;

/// <summary>Finds the functions of some classes and collects every problem instead of stopping at the first.</summary>
internal sealed class FunctionDiscovery(SettingNames settings, TimeZoneInfo zone, List<string> problems)
{
    private const BindingFlags Methods =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public FunctionCatalog Find(IEnumerable<Type> types)
    {
        var functions = new List<FunctionDescriptor>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var method in types.Distinct().Where(t => t.IsClass).SelectMany(t => t.GetMethods(Methods)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } attribute)
                continue;
            var own = new List<string>();
            CheckName(attribute.Name, names, own);
            CheckMethod(method, own);
            if (own.Count == 0 && new FunctionReader(attribute.Name, method, settings, zone, own).Read() is { } function)
                functions.Add(function);
            problems.AddRange(own.Select(p => $"Function '{attribute.Name}': {p}"));
        }

        CheckRoutes(functions);
        return new FunctionCatalog(functions);
    }

    private static void CheckName(string name, HashSet<string> names, List<string> own)
    {
        if (name.Length is 0 or > 128 || !char.IsAsciiLetter(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            own.Add("the name must be a letter and then letters, digits, '_' or '-', 128 characters at most.");
        if (!names.Add(name))
            own.Add("another function has the same name.");
    }

    private static void CheckMethod(MethodInfo method, List<string> own)
    {
        if (!method.IsPublic)
            own.Add($"method {method.Name} must be public.");
        if (method.ContainsGenericParameters || method.DeclaringType!.ContainsGenericParameters)
            own.Add("generic methods and classes cannot be functions.");
        if (!method.IsStatic && method.DeclaringType!.IsAbstract)
            own.Add($"class {method.DeclaringType.Name} is abstract.");
        if (!method.IsStatic && !method.DeclaringType!.IsAbstract && method.DeclaringType.GetConstructors().Length == 0)
            own.Add($"class {method.DeclaringType.Name} needs a public constructor.");
        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
            own.Add("async void cannot be awaited; return Task.");
    }

    private void CheckRoutes(List<FunctionDescriptor> functions)
    {
        var taken = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var function in functions)
        {
            if (function.Trigger is not HttpTrigger http || function.Disabled)
                continue;
            foreach (var method in http.Methods ?? ["*"])
            {
                var shape = $"{method} {RouteTemplates.Shape(http.Route)}";
                if (!taken.TryAdd(shape, function.Name))
                    problems.Add($"Function '{function.Name}': route '{http.Route}' ({method}) is already that of '{taken[shape]}'.");
            }
        }
    }
}
