using System.Linq.Expressions;
using System.Reflection;
using Niche.Triggers.Execution;

namespace Niche.Triggers.Binding;

/// <summary>Compiles a method and the binding of its arguments into one delegate, so that an invocation costs no reflection.</summary>
internal static class FunctionCompiler
{
    private const BindingFlags Statics = BindingFlags.NonPublic | BindingFlags.Static;

    /// <summary>The parameter that stands for the invocation in every argument expression.</summary>
    public static ParameterExpression Invocation { get; } = Expression.Parameter(typeof(Invocation), "invocation");

    public static FunctionCall Compile(MethodInfo method, IReadOnlyList<Expression> arguments)
    {
        var instance = Expression.Parameter(typeof(object), "instance");
        var call = method.IsStatic
            ? Expression.Call(method, arguments)
            : Expression.Call(Expression.Convert(instance, method.DeclaringType!), method, arguments);
        return Expression.Lambda<FunctionCall>(ToValueTask(call), instance, Invocation).Compile();
    }

    /// <summary>What a method gives once its task is done; typeof(void) for nothing.</summary>
    public static Type ResultType(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(Task) || type == typeof(ValueTask))
            return typeof(void);
        return type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(Task<>) || open == typeof(ValueTask<>))
            ? type.GetGenericArguments()[0]
            : type;
    }

    /// <summary>A property of a result as a delegate.</summary>
    public static Func<object, T?> Getter<T>(PropertyInfo property)
    {
        var result = Expression.Parameter(typeof(object), "result");
        var value = Expression.Property(Expression.Convert(result, property.DeclaringType!), property);
        return Expression.Lambda<Func<object, T?>>(Expression.Convert(value, typeof(T)), result).Compile();
    }

    private static Expression ToValueTask(MethodCallExpression call)
    {
        var type = call.Type;
        if (type == typeof(void))
            return Expression.Block(call, Expression.Default(typeof(ValueTask<object?>)));
        if (type == typeof(Task) || type == typeof(ValueTask))
            return Expression.Call(typeof(FunctionCompiler), nameof(Awaited), null, call);
        var result = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        var adapter = result == typeof(Task<>) || result == typeof(ValueTask<>) ? nameof(AwaitedResult) : nameof(Result);
        var argument = adapter == nameof(Result) ? type : type.GetGenericArguments()[0];
        var parameter = adapter == nameof(Result) ? null : result;
        var open = typeof(FunctionCompiler).GetMethods(Statics).Single(m =>
            m.Name == adapter && (parameter is null || m.GetParameters()[0].ParameterType.GetGenericTypeDefinition() == parameter));
        return Expression.Call(open.MakeGenericMethod(argument), call);
    }

    private static async ValueTask<object?> Awaited(Task task)
    {
        await task.ConfigureAwait(false);
        return null;
    }

    private static async ValueTask<object?> Awaited(ValueTask task)
    {
        await task.ConfigureAwait(false);
        return null;
    }

    private static async ValueTask<object?> AwaitedResult<T>(Task<T> task) => await task.ConfigureAwait(false);

    private static async ValueTask<object?> AwaitedResult<T>(ValueTask<T> task) => await task.ConfigureAwait(false);

    private static ValueTask<object?> Result<T>(T value) => new(value);
}
