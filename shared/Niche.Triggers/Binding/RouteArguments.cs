using System.Globalization;
using System.Linq.Expressions;
using Niche.Triggers.Execution;

namespace Niche.Triggers.Binding;

/// <summary>Binds route values to parameters of the same name: string and everything parsable (int, Guid, ...).</summary>
internal static class RouteArguments
{
    /// <summary>Null when the type cannot be parsed from text.</summary>
    public static Expression? Bind(Type type, string name)
    {
        var method = nameof(Parsed);
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return Expression.Call(typeof(RouteArguments), nameof(Text), null, FunctionCompiler.Invocation, Expression.Constant(name));
        if (!target.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>)
            && i.GetGenericArguments()[0] == target))
            return null;
        if (target != type)
            method = nameof(ParsedOrNull);
        return Expression.Call(typeof(RouteArguments), method, [target], FunctionCompiler.Invocation, Expression.Constant(name));
    }

    private static string? Text(Invocation invocation, string name) =>
        Convert.ToString(invocation.Http!.Request.RouteValues[name], CultureInfo.InvariantCulture);

    private static T Parsed<T>(Invocation invocation, string name)
        where T : IParsable<T>
    {
        var text = Text(invocation, name);
        return T.TryParse(text, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new RouteValueException(name, typeof(T));
    }

    private static T? ParsedOrNull<T>(Invocation invocation, string name)
        where T : struct, IParsable<T> =>
        string.IsNullOrEmpty(Text(invocation, name)) ? null : Parsed<T>(invocation, name);
}
