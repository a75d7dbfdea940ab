using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Triggers.Tests.Rig;

namespace Niche.Triggers.Tests.Http;

public sealed class HttpFunctionTests : IAsyncLifetime
{
    private readonly HttpClient _client = new() { Timeout = Awaiting.Limit };
    private Engine _engine = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync([typeof(Api)], [], b => b.Local.ConfigureApp(app => app.Use(async (context, next) =>
        {
            context.Response.Headers["x-extra"] = "yes";
            await next();
        })));
        _client.BaseAddress = _engine.Url;
    }

    [Fact]
    public async Task A_result_is_written_as_asp_net_core_writes_it()
    {
        var answer = await _client.PostAsJsonAsync("/api/v1/jobs/7", new { prompt = "a red lighthouse" }, Token);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("""{"id":7,"prompt":"a red lighthouse","name":"Submit"}""", await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal("yes", answer.Headers.GetValues("x-extra").Single());
        Assert.Equal((1L, 0L, "http"), (_engine.Statistics("Submit").Executed, _engine.Statistics("Submit").Failed, _engine.Statistics("Submit").Trigger));
    }

    [Fact]
    public async Task Routes_methods_and_prefix_are_obeyed()
    {
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _client.GetAsync("/api/v1/jobs/7", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/v1/jobs/7", Token)).StatusCode);
        Assert.Equal("pong", await _client.GetStringAsync("/api/ping", Token));
        Assert.Equal(HttpStatusCode.OK, (await _client.DeleteAsync("/api/Ping", Token)).StatusCode);
    }

    [Fact]
    public async Task The_prefix_of_host_json_may_be_empty()
    {
        await using var engine = await Engine.StartAsync([typeof(Api)], ["host:extensions:http:routePrefix="]);
        Assert.Equal("pong", await _client.GetStringAsync(new Uri(engine.Url, "/ping"), Token));
    }

    [Theory]
    [InlineData("/api/kinds/3fa85f64-5717-4562-b3fc-2c963f66afa6/12/abc", "3fa85f64-5717-4562-b3fc-2c963f66afa6 12 abc")]
    [InlineData("/api/kinds/3fa85f64-5717-4562-b3fc-2c963f66afa6/12", "3fa85f64-5717-4562-b3fc-2c963f66afa6 12 ")]
    [InlineData("/api/kinds/3fa85f64-5717-4562-b3fc-2c963f66afa6", "3fa85f64-5717-4562-b3fc-2c963f66afa6  ")]
    public async Task Route_values_are_bound_by_name(string path, string expected) =>
        Assert.Equal(expected, await _client.GetStringAsync(path, Token));

    [Fact]
    public async Task A_route_value_of_the_wrong_type_is_the_callers_error()
    {
        var problem = await ProblemAsync(await _client.GetAsync("/api/kinds/nonsense", Token), HttpStatusCode.BadRequest);
        Assert.Contains("'key'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_is_a_500_that_tells_nothing_of_itself()
    {
        var answer = await _client.GetAsync("/api/fail", Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        await ProblemAsync(answer, HttpStatusCode.InternalServerError);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.Contains(_engine.Log.Lines, l => l.StartsWith("Error Function.Fail", StringComparison.Ordinal));
        Assert.Equal(1, _engine.Statistics("Fail").Failed);
    }

    [Fact]
    public async Task A_server_sent_stream_arrives_piece_by_piece()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/stream");
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token), Encoding.UTF8);
        Assert.Equal("data: one", await reader.ReadLineAsync(Token).AsTask().Soon());
        _engine.Probe.Behaviour = static _ => Task.CompletedTask;
        (await _engine.Probe.NextAsync()).Context.Items["go"] = true;
        Api.Gate(await _engine.Probe.NextAsync()).SetResult();
        Assert.Equal(string.Empty, await reader.ReadLineAsync(Token).AsTask().Soon());
        Assert.Equal("data: two", await reader.ReadLineAsync(Token).AsTask().Soon());
        Assert.Equal(string.Empty, await reader.ReadLineAsync(Token).AsTask().Soon());
        Assert.Null(await reader.ReadLineAsync(Token).AsTask().Soon());
    }

    [Fact]
    public async Task A_caller_that_goes_away_cancels_the_function_and_is_no_failure()
    {
        using var gone = new CancellationTokenSource();
        var call = _client.GetAsync("/api/wait", gone.Token);
        var run = await _engine.Probe.NextAsync();
        var cancelled = new TaskCompletionSource();
        await using var registration = run.Token.Register(cancelled.SetResult);
        await gone.CancelAsync().Soon();
        await cancelled.Task.Soon();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await _engine.StopAsync(Token);
        Assert.Equal((1L, 0L), (_engine.Statistics("Wait").Executed, _engine.Statistics("Wait").Failed));
        Assert.DoesNotContain(_engine.Log.Lines, l => l.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_function_beyond_functionTimeout_is_cancelled_and_answered_with_504()
    {
        var call = _client.GetAsync("/api/wait", Token);
        await _engine.Probe.NextAsync();
        _engine.Time.Advance(TimeSpan.FromMinutes(30));
        await ProblemAsync(await call, HttpStatusCode.GatewayTimeout);
        Assert.Equal(1, _engine.Statistics("Wait").Failed);
    }

    [Fact]
    public async Task A_result_class_gives_the_answer_and_the_messages()
    {
        Assert.Equal("queued", await (await _client.PostAsync("/api/both", null, Token)).Content.ReadAsStringAsync(Token));
        Assert.Equal(["""{"Id":1,"Prompt":"x"}"""], await _engine.TakeAsync("organic-jobs"));
        Assert.Equal(["a", "b"], await _engine.TakeAsync("texts"));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _engine.DisposeAsync();
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        return problem;
    }

    public sealed record Job(int Id, string Prompt);

    public sealed class Both
    {
        [HttpResult]
        public required IActionResult Answer { get; init; }

        [QueueOutput("organic-jobs")]
        public Job? Job { get; init; }

        [QueueOutput("texts")]
        public string[] Texts { get; init; } = ["a", "b"];

        [QueueOutput("nothing")]
        public string? Nothing { get; init; }
    }

    public sealed class Api(Probe probe)
    {
        public static TaskCompletionSource Gate(ProbeRun run) => (TaskCompletionSource)run.Input!;

        [Function("Submit")]
        public async Task<IActionResult> Submit(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/jobs/{id:int}")] HttpRequest request, int id, FunctionContext context, CancellationToken token)
        {
            var body = await request.ReadFromJsonAsync<Job>(token);
            return new AcceptedResult((string?)null, new { id, body!.Prompt, context.FunctionDefinition.Name });
        }

        [Function("Ping")]
        public IActionResult Ping([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new ContentResult { Content = "pong" };

        [Function("Kinds")]
        public IActionResult Kinds(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "kinds/{key}/{number?}/{name?}")] HttpRequest request, Guid key, int? number, string? name) =>
            new ContentResult { Content = $"{key} {number} {name}" };

        [Function("Fail")]
        public IActionResult Fail([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "fail")] HttpRequest request) =>
            throw new InvalidOperationException("secret password");

        [Function("Stream")]
        public async Task<IActionResult> Stream(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "stream")] HttpRequest request, FunctionContext context, CancellationToken token)
        {
            var response = request.HttpContext.Response;
            response.ContentType = "text/event-stream";
            await response.WriteAsync("data: one\n\n", token);
            await response.Body.FlushAsync(token);
            await probe.RunAsync("first piece sent", context, token);
            var gate = new TaskCompletionSource();
            await probe.RunAsync(gate, context, token);
            await gate.Task;
            await response.WriteAsync("data: two\n\n", token);
            return new EmptyResult();
        }

        [Function("Wait")]
        public async Task Wait([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "wait")] HttpRequest request, FunctionContext context, CancellationToken token)
        {
            await probe.RunAsync(null, context, token);
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        }

        [Function("Both")]
        public Both Both([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "both")] HttpRequest request) =>
            new() { Answer = new ContentResult { Content = "queued" }, Job = new Job(1, "x") };
    }
}
