using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing.Patterns;
using Niche.Triggers.Execution;
using Niche.Triggers.Hosting;
using Niche.Triggers.Queues;
using Niche.Triggers.Timers;

namespace Niche.Triggers.Binding;

/// <summary>Turns one method into a descriptor, or says what keeps it from being one.</summary>
internal sealed class FunctionReader(string name, MethodInfo method, SettingNames settings, TimeZoneInfo zone, List<string> problems)
{
    public FunctionDescriptor? Read()
    {
        var trigger = ReadTrigger();
        if (trigger is null)
            return null;
        var routeNames = trigger is HttpTrigger http ? RouteTemplates.Parameters(http.Route) : [];
        var arguments = method.GetParameters().Select(p => Bind(p, routeNames)).ToList();
        var result = FunctionCompiler.ResultType(method);
        var outputs = ReadOutputs(result);
        var answer = trigger is HttpTrigger ? ReadHttpResult(result) : null;
        return problems.Count > 0
            ? null
            : new FunctionDescriptor(name, method, trigger, FunctionCompiler.Compile(method, arguments!))
            {
                Disabled = settings.IsDisabled(name),
                Outputs = outputs,
                HttpResult = answer,
            };
    }

    private Trigger? ReadTrigger()
    {
        var found = method.GetParameters()
            .SelectMany(p => p.GetCustomAttributes().Where(a => a is QueueTriggerAttribute or TimerTriggerAttribute or HttpTriggerAttribute))
            .ToList();
        if (found.Count != 1)
        {
            problems.Add(found.Count == 0
                ? "no parameter carries a trigger attribute."
                : $"{found.Count} parameters carry trigger attributes; a function has one.");
            return null;
        }

        return found[0] switch
        {
            QueueTriggerAttribute queue => new QueueTrigger(Queue(queue.QueueName), settings.Connection(queue.Connection, problems)),
            TimerTriggerAttribute timer => ReadTimer(timer),
            HttpTriggerAttribute http => ReadHttp(http),
            _ => null,
        };
    }

    private TimerTrigger? ReadTimer(TimerTriggerAttribute timer)
    {
        var before = problems.Count;
        var text = settings.Expand(timer.Schedule, problems);
        if (problems.Count > before)
            return null;
        try
        {
            return new TimerTrigger(TimerSchedule.Parse(text, zone), timer.RunOnStartup, timer.UseMonitor);
        }
        catch (FormatException e)
        {
            problems.Add(e.Message);
            return null;
        }
    }

    private HttpTrigger? ReadHttp(HttpTriggerAttribute http)
    {
        var route = (http.Route is null ? name : settings.Expand(http.Route, problems)).Trim('/');
        if (http.AuthLevel is AuthorizationLevel.User or AuthorizationLevel.System)
            problems.Add($"AuthorizationLevel.{http.AuthLevel} is not available here; use Anonymous, Function or Admin.");
        try
        {
            RoutePatternFactory.Parse(route);
        }
        catch (RoutePatternException e)
        {
            problems.Add($"route '{route}': {e.Message}");
            return null;
        }

        return new HttpTrigger(route, http.Methods is { Length: > 0 } some ? [.. some.Select(m => m.ToUpperInvariant())] : null, http.AuthLevel);
    }

    private Expression? Bind(ParameterInfo parameter, IReadOnlyList<string> routeNames)
    {
        var type = parameter.ParameterType;
        if (parameter.IsDefined(typeof(QueueTriggerAttribute)))
            return QueueArguments.Bind(type);
        if (parameter.IsDefined(typeof(TimerTriggerAttribute)))
            return Own<TimerInfo>(parameter, nameof(Invocation.Timer));
        if (parameter.IsDefined(typeof(HttpTriggerAttribute)))
            return Own<HttpRequest>(parameter, nameof(Invocation.Request));
        if (type == typeof(CancellationToken))
            return Expression.Property(FunctionCompiler.Invocation, nameof(Invocation.Token));
        if (type == typeof(FunctionContext))
            return Expression.Convert(FunctionCompiler.Invocation, type);
        if (routeNames.Contains(parameter.Name!, StringComparer.OrdinalIgnoreCase))
        {
            var bound = RouteArguments.Bind(type, parameter.Name!);
            if (bound is null)
                problems.Add($"the route value '{parameter.Name}' cannot be turned into a {type.Name}.");
            return bound;
        }

        problems.Add($"nothing can be bound to parameter '{parameter.Name}' of type {type.Name}; take services by the constructor.");
        return null;
    }

    private MemberExpression? Own<T>(ParameterInfo parameter, string property)
    {
        if (parameter.ParameterType == typeof(T))
            return Expression.Property(FunctionCompiler.Invocation, property);
        problems.Add($"the trigger's parameter '{parameter.Name}' must be a {typeof(T).Name}.");
        return null;
    }

    private List<QueueOutput> ReadOutputs(Type result)
    {
        var outputs = new List<QueueOutput>();
        if (method.GetCustomAttribute<QueueOutputAttribute>() is { } whole)
        {
            if (result == typeof(void))
                problems.Add("[QueueOutput] is on a method that returns nothing.");
            outputs.Add(Output(whole, static value => value));
        }

        foreach (var property in result.GetProperties())
        {
            if (property.GetCustomAttribute<QueueOutputAttribute>() is { } part)
                outputs.Add(Output(part, FunctionCompiler.Getter<object>(property)));
        }

        return outputs;
    }

    private QueueOutput Output(QueueOutputAttribute output, Func<object, object?> value) =>
        new(Queue(output.QueueName), settings.Connection(output.Connection, problems), value);

    private Func<object, IActionResult?>? ReadHttpResult(Type result)
    {
        if (result == typeof(void))
            return null;
        if (typeof(IActionResult).IsAssignableFrom(result) && !method.IsDefined(typeof(QueueOutputAttribute)))
            return static value => (IActionResult)value;
        var marked = result.GetProperties().Where(p => p.IsDefined(typeof(HttpResultAttribute))).ToList();
        if (marked.Count == 1 && typeof(IActionResult).IsAssignableFrom(marked[0].PropertyType))
            return FunctionCompiler.Getter<IActionResult>(marked[0]);
        problems.Add("an HTTP function returns IActionResult, nothing, or a class with one [HttpResult] property of type IActionResult.");
        return null;
    }

    private string Queue(string written)
    {
        var before = problems.Count;
        var queue = settings.Expand(written, problems);
        if (problems.Count == before && QueueNames.Problem(queue) is { } problem)
            problems.Add(problem);
        return queue;
    }
}
