using System.Reflection;
using System.Runtime.CompilerServices;
using Niche.Triggers.Builder;

namespace Niche.Triggers.Tests.Binding;

/// <summary>Holds our public surface against the kept list of the real worker's signatures, so that function classes stay one source.</summary>
public sealed class WorkerSurfaceTests
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // Members that the embedded head adds on purpose, or that the compiler and IHostApplicationBuilder bring along.
    private static readonly string[] Ours =
    [
        "Builder.FunctionsApplicationBuilder.Local : LocalHead { get; }", "Builder.FunctionsApplicationBuilder.DefaultUrl : string",
    ];

    private static readonly Type[] Shared =
    [
        typeof(FunctionAttribute), typeof(TimerTriggerAttribute), typeof(QueueTriggerAttribute), typeof(QueueOutputAttribute),
        typeof(HttpTriggerAttribute), typeof(HttpResultAttribute), typeof(TimerInfo), typeof(ScheduleStatus), typeof(FunctionContext),
        typeof(FunctionDefinition), typeof(BindingContext), typeof(FunctionsApplication), typeof(FunctionsApplicationBuilder),
        typeof(FunctionsApplicationBuilderExtensions),
    ];

    [Fact]
    public void Our_surface_is_exactly_the_kept_part_of_the_real_workers()
    {
        var kept = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "worker-surface.txt"))
            .Where(l => l.Length > 0 && l[0] != '#').Order(StringComparer.Ordinal);
        var ours = Shared.SelectMany(Lines).Append(EnumLine(typeof(AuthorizationLevel))).Except(Ours).Order(StringComparer.Ordinal);
        Assert.Equal(string.Join('\n', kept), string.Join('\n', ours));
    }

    [Fact]
    public void Nothing_else_is_public_in_the_shared_namespace()
    {
        var expected = Shared.Where(t => t.Namespace == "Niche.Triggers").Append(typeof(AuthorizationLevel)).Select(t => t.Name);
        var present = typeof(FunctionAttribute).Assembly.GetExportedTypes().Where(t => t.Namespace == "Niche.Triggers").Select(t => t.Name);
        Assert.Equal(expected.Order(StringComparer.Ordinal), present.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Lines(Type type)
    {
        var name = type.Namespace == "Niche.Triggers" ? type.Name : "Builder." + type.Name;
        if (type.GetCustomAttribute<AttributeUsageAttribute>() is { } usage && type.IsSubclassOf(typeof(Attribute)))
            yield return $"{name} on {usage.ValidOn}";
        if (!type.IsAbstract)
        {
            foreach (var constructor in type.GetConstructors(Own))
                yield return $"{name}({Parameters(constructor)})";
        }

        foreach (var field in type.GetFields(Own))
            yield return $"{name}.{field.Name} : {TypeName(field.FieldType)}";
        foreach (var property in type.GetProperties(Own))
            yield return $"{name}.{property.Name} : {TypeName(property.PropertyType)} {{ get; {(property.SetMethod?.IsPublic == true ? "set; " : "")}}}";
        foreach (var method in type.GetMethods(Own).Where(m => !m.IsSpecialName && m.Name != "ConfigureContainer"))
        {
            var extension = method.IsDefined(typeof(ExtensionAttribute));
            yield return $"{(extension ? "Builder" : name)}.{method.Name}({(extension ? "this " : "")}{Parameters(method)}) : {TypeName(method.ReturnType)}";
        }
    }

    private static string EnumLine(Type type) =>
        $"{type.Name} = {string.Join(", ", Enum.GetValues(type).Cast<object>().Select(v => $"{v} {(int)v}"))}";

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p =>
            $"{(p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{TypeName(p.ParameterType)} {p.Name}"));

    private static string TypeName(Type type) => type switch
    {
        _ when type == typeof(string) => "string",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(object) => "object",
        _ when type.IsArray => TypeName(type.GetElementType()!) + "[]",
        _ when type.IsGenericType => $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>",
        _ => type.Name,
    };
}
