using System.Reflection;
using Niche.Functions.Local;
using Niche.Triggers;

namespace Niche.Functions.Tests.Azure;

/// <summary>The functions, exactly; what is added or renamed is a change of the contract and has to be written here.</summary>
public sealed class FunctionListTests
{
    private static readonly string[] Expected =
    [
        "BotAnnouncements queue bot-announcements", "BotProgress queue bot-progress", "BotUpdates queue bot-updates",
        "BotUpkeep timer %Schedules:BotUpkeep%", "CancelJob http delete v1/jobs/{id}", "CreateChatCompletion http post v1/chat/completions",
        "CreateImages http post v1/images/generations", "CreateJob http post v1/jobs", "Deliveries queue deliveries",
        "DiscordInteractions http post bots/discord", "GetAccount http get v1/account", "GetImage http get,head v1/images/{jobId}/{file}",
        "GetJob http get v1/jobs/{id}", "GetLlms http get,head llms.txt", "GetOpenApi http get,head openapi.json",
        "GetReceipt http get v1/receipts/{id}", "Housekeeping timer %Schedules:Housekeeping%", "Link http post v1/link",
        "ListHistory http get v1/history", "ListMiners http get v1/miners", "ListModels http get v1/models", "Live http get health/live",
        "OrganicJobs queue organic-jobs", "QueryRound timer %Schedules:QueryRound%", "Ready http get health/ready",
        "RefreshCapacity timer %Schedules:RefreshCapacity%", "RevokeKey http delete v1/keys/{id}", "ScoreJobs queue score-jobs",
        "SetWeights timer %Schedules:SetWeights%", "Studio http any {*path}", "SyncMetagraph timer %Schedules:SyncMetagraph%",
        "SyntheticJobs queue synthetic-jobs", "TelegramUpdates http post bots/telegram",
        "TerminalFetch http get bots/terminal/{session}/messages/{row}/{index}", "TerminalListen http get bots/terminal/{session}",
        "TerminalSay http post bots/terminal/{session}", "TerminalSend http put bots/terminal/{session}/files/{file}", "Unlink http delete v1/link",
    ];

    private static (string Name, MethodInfo Method)[] All { get; } = [.. typeof(LocalFunctionsHost).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.IsDefined(typeof(FunctionAttribute)))
        .Select(method => (method.GetCustomAttribute<FunctionAttribute>()!.Name, method))];

    [Fact]
    public void These_are_the_functions() =>
        Assert.Equal(Expected, All.Select(function => $"{function.Name} {TriggerOf(function.Method)}").Order(StringComparer.Ordinal));

    [Fact]
    public void No_name_is_used_twice_in_any_case() =>
        Assert.Empty(All.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void No_two_functions_answer_to_the_same_method_and_route()
    {
        IEnumerable<string> answered = All.SelectMany(function => function.Method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>()
            .SelectMany(http => (http.Methods ?? ["any"]).Select(method => $"{method} {http.Route}".ToUpperInvariant()));
        Assert.Empty(answered.GroupBy(one => one).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Every_function_can_be_called_off_or_does_not_wait()
    {
        string[] waiting = [.. All.Where(function => typeof(Task).IsAssignableFrom(function.Method.ReturnType)
            && !function.Method.GetParameters().Any(parameter => parameter.ParameterType == typeof(CancellationToken))).Select(function => function.Name)];
        Assert.Empty(waiting);
    }

    private static string TriggerOf(MethodInfo method)
    {
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            if (parameter.GetCustomAttribute<HttpTriggerAttribute>() is { } http) return $"http {string.Join(',', http.Methods ?? ["any"])} {http.Route}";
            if (parameter.GetCustomAttribute<QueueTriggerAttribute>() is { } queue) return $"queue {queue.QueueName}";
            if (parameter.GetCustomAttribute<TimerTriggerAttribute>() is { } timer) return $"timer {timer.Schedule}";
        }

        return "none";
    }
}
