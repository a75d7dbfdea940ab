using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Niche.Triggers.Binding;
using Niche.Triggers.Builder;
using Niche.Triggers.Tests.Rig;

namespace Niche.Triggers.Tests.Binding;

/// <summary>All that is wrong is said at once, at start, with the function's name.</summary>
public sealed class DiscoveryTests
{
    private static readonly Lazy<IReadOnlyList<string>> All = new(() =>
        Assert.Throws<FunctionConfigurationException>(Engine.Builder([typeof(Wrong), typeof(NeedyFunction)]).Build).Problems);

    [Theory]
    [InlineData("NoTrigger", "no parameter carries a trigger")]
    [InlineData("TwoTriggers", "2 parameters carry trigger")]
    [InlineData("9lives", "the name must be a letter")]
    [InlineData("Hidden", "must be public")]
    [InlineData("Generic", "generic methods")]
    [InlineData("AsyncVoid", "async void")]
    [InlineData("BadQueue", "queue name 'Bad_Queue'")]
    [InlineData("BadOutput", "queue name 'x'")]
    [InlineData("OutputOfNothing", "returns nothing")]
    [InlineData("MissingSetting", "needs the setting 'NotThere'")]
    [InlineData("LonePercent", "single '%'")]
    [InlineData("BadSchedule", "neither NCRONTAB")]
    [InlineData("TimerOfString", "must be a TimerInfo")]
    [InlineData("HttpOfString", "must be a HttpRequest")]
    [InlineData("BadRoute", "route 'a/{b'")]
    [InlineData("UserLevel", "AuthorizationLevel.User is not available")]
    [InlineData("UnknownParameter", "nothing can be bound to parameter 'clock' of type TimeProvider")]
    [InlineData("UnparsableRouteValue", "the route value 'thing' cannot be turned into a Uri")]
    [InlineData("PocoAnswer", "returns IActionResult")]
    [InlineData("SameRoute", "route 'B/{y}' (GET) is already that of 'Route'")]
    [InlineData("TWIN", "another function has the same name")]
    [InlineData("Needy", "the constructor of NeedyFunction needs Stream, which is not registered")]
    public void A_problem_is_reported_with_the_functions_name(string function, string expected)
    {
        Assert.Contains(All.Value, p => p.StartsWith($"Function '{function}': ", StringComparison.Ordinal) && p.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_right_function_among_wrong_ones_is_not_blamed() =>
        Assert.DoesNotContain(All.Value, p => p.StartsWith("Function 'Route'", StringComparison.Ordinal));

    [Fact]
    public void Problems_of_host_json_stand_beside_those_of_functions()
    {
        var builder = Engine.Builder([typeof(NeedyFunction)], ["host:extensions:queues:batchSize=many", "WEBSITE_TIME_ZONE=Middle/Earth"]);
        var error = Assert.Throws<FunctionConfigurationException>(builder.Build);
        Assert.Equal(3, error.Problems.Count);
        Assert.All(error.Problems, p => Assert.Contains(p, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Http_functions_need_the_web_application()
    {
        var builder = FunctionsApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Local.UseFunctions(typeof(Fine));
        var error = Assert.Throws<FunctionConfigurationException>(builder.Build);
        Assert.Equal(3, error.Problems.Count);
        Assert.All(error.Problems, p => Assert.Contains("ConfigureFunctionsWebApplication", p, StringComparison.Ordinal));
    }

    [Fact]
    public void An_application_is_built_once()
    {
        var builder = Engine.Builder([typeof(Fine)]);
        using var host = builder.Build();
        Assert.Throws<InvalidOperationException>(builder.Build);
    }

    [Fact]
    public void Routes_that_differ_by_constraint_or_method_are_not_the_same()
    {
        using var host = Engine.Builder([typeof(Fine)]).Build();
        Assert.Equal(["A", "B", "C", "OnQueue"], host.Services.GetRequiredService<Niche.Triggers.Execution.TriggerStatistics>().Snapshot().Select(s => s.Function));
    }

    [Fact]
    public void The_address_is_this_machine_unless_told_otherwise()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        Assert.Equal("http://127.0.0.1:7071", builder.Configuration["urls"]);
        Assert.Equal("http://127.0.0.1:7072", FunctionsApplication.CreateBuilder(["--urls", "http://127.0.0.1:7072"]).Configuration["urls"]);
    }

    public sealed class Fine
    {
        [Function("A")]
        public IActionResult A([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{x:int}")] HttpRequest request, int x) => new OkObjectResult(x);

        [Function("B")]
        public IActionResult B([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{x:guid}")] HttpRequest request) => new OkResult();

        [Function("C")]
        public static IActionResult C([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "a/{x:int}")] HttpRequest request) => new OkResult();

        [Function("OnQueue")]
        public static void OnQueue([QueueTrigger("fine")] string text)
        {
        }
    }

    public sealed class NeedyFunction(Stream stream)
    {
        [Function("Needy")]
        public void Run([QueueTrigger("needy")] string text) => stream.WriteByte((byte)text.Length);
    }

    public sealed class Wrong
    {
        [Function("NoTrigger")]
        public void NoTrigger(string text)
        {
        }

        [Function("TwoTriggers")]
        public void TwoTriggers([QueueTrigger("aaa")] string text, [TimerTrigger("0 * * * * *")] TimerInfo timer)
        {
        }

        [Function("9lives")]
        public void Name([QueueTrigger("aaa")] string text)
        {
        }

        [Function("Hidden")]
        internal void Hidden([QueueTrigger("aaa")] string text)
        {
        }

        [Function("Generic")]
        public void Generic<T>([QueueTrigger("aaa")] T text)
        {
        }

        [Function("AsyncVoid")]
        public async void AsyncVoid([QueueTrigger("aaa")] string text) => await Task.Yield();

        [Function("BadQueue")]
        public void BadQueue([QueueTrigger("Bad_Queue")] string text)
        {
        }

        [Function("BadOutput")]
        [QueueOutput("x")]
        public string BadOutput([QueueTrigger("aaa")] string text) => text;

        [Function("OutputOfNothing")]
        [QueueOutput("aaa")]
        public Task OutputOfNothing([QueueTrigger("aaa")] string text) => Task.CompletedTask;

        [Function("MissingSetting")]
        public void MissingSetting([QueueTrigger("%NotThere%")] string text)
        {
        }

        [Function("LonePercent")]
        public void LonePercent([QueueTrigger("aa%bb")] string text)
        {
        }

        [Function("BadSchedule")]
        public void BadSchedule([TimerTrigger("often")] TimerInfo timer)
        {
        }

        [Function("TimerOfString")]
        public void TimerOfString([TimerTrigger("0 * * * * *")] string timer)
        {
        }

        [Function("HttpOfString")]
        public void HttpOfString([HttpTrigger(AuthorizationLevel.Anonymous)] string request)
        {
        }

        [Function("BadRoute")]
        public void BadRoute([HttpTrigger(AuthorizationLevel.Anonymous, Route = "a/{b")] HttpRequest request)
        {
        }

        [Function("UserLevel")]
        public void UserLevel([HttpTrigger(AuthorizationLevel.User)] HttpRequest request)
        {
        }

        [Function("UnknownParameter")]
        public void UnknownParameter([QueueTrigger("aaa")] string text, TimeProvider clock)
        {
        }

        [Function("UnparsableRouteValue")]
        public void UnparsableRouteValue([HttpTrigger(AuthorizationLevel.Anonymous, Route = "c/{thing}")] HttpRequest request, Uri thing)
        {
        }

        [Function("PocoAnswer")]
        public string PocoAnswer([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => "x";

        [Function("Route")]
        public void Route([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "b/{x}")] HttpRequest request)
        {
        }

        [Function("SameRoute")]
        public void SameRoute([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "/B/{y}")] HttpRequest request)
        {
        }

        [Function("Twin")]
        public void First([QueueTrigger("aaa")] string text)
        {
        }

        [Function("TWIN")]
        public void Second([QueueTrigger("aaa")] string text)
        {
        }
    }
}
