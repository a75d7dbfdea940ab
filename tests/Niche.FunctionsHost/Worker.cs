using Niche.FunctionsHost.Protocol;

namespace Niche.FunctionsHost;

/// <summary>The host's side of the conversation with a worker.</summary>
internal sealed class Worker(WorkerStream stream, string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Where the worker itself takes HTTP requests.</summary>
    public Uri HttpAddress { get; private set; } = new("http://127.0.0.1:1");

    public IReadOnlyList<HostedFunction> Functions { get; private set; } = [];

    /// <summary>Greets the worker, asks for its functions and loads them all.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        await stream.Started.WaitAsync(Patience, ct);
        WorkerInitResponse hello = (await AskAsync(new StreamingMessage
        {
            WorkerInitRequest = new WorkerInitRequest { HostVersion = "4.1000.0", WorkerDirectory = folder, FunctionAppDirectory = folder },
        }, ct)).WorkerInitResponse;
        Check(hello.Result);
        HttpAddress = new Uri(hello.Capabilities["HttpUri"]);
        FunctionMetadataResponse found = (await AskAsync(new StreamingMessage
        {
            FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = folder },
        }, ct)).FunctionMetadataResponse;
        Check(found.Result);
        foreach (FunctionMetadata metadata in found.FunctionMetadataResults)
        {
            FunctionLoadRequest load = new() { FunctionId = metadata.FunctionId, Metadata = metadata };
            Check((await AskAsync(new StreamingMessage { FunctionLoadRequest = load }, ct)).FunctionLoadResponse.Result);
        }

        Functions = [.. found.FunctionMetadataResults.Select(HostedFunction.Of)];
    }

    /// <summary>Runs a function once.</summary>
    /// <param name="invocation">An id that nobody used.</param>
    /// <param name="function">Which.</param>
    /// <param name="input">What triggered it.</param>
    /// <param name="metadata">What else is known of the trigger.</param>
    /// <param name="ct">Calls the function off.</param>
    /// <exception cref="InvalidOperationException">The function threw.</exception>
    public async Task InvokeAsync(string invocation, HostedFunction function, Value input, IReadOnlyDictionary<string, string> metadata, CancellationToken ct)
    {
        InvocationRequest request = new() { InvocationId = invocation, FunctionId = function.Id, TraceContext = new TraceContext() };
        request.InputData.Add(new Parameter { Name = function.Parameter, Data = input });
        foreach ((string name, string value) in metadata) request.TriggerMetadata.Add(name, new Value { String = value });
        await using CancellationTokenRegistration off = ct.Register(() => _ = CancelAsync(invocation));
        StreamingMessage answer = await stream.AskAsync(
            invocation, new StreamingMessage { RequestId = invocation, InvocationRequest = request }, CancellationToken.None);
        Check(answer.InvocationResponse.Result);
    }

    public Task TerminateAsync(CancellationToken ct) =>
        stream.SendAsync(new StreamingMessage { WorkerTerminate = new WorkerTerminate { GracePeriod = new() { Seconds = 10 } } }, ct);

    private async Task CancelAsync(string invocation)
    {
        try
        {
            await stream.SendAsync(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = invocation } }, CancellationToken.None);
        }
        catch (WorkerGoneException)
        {
            // Then there is nothing left to call off.
        }
    }

    private Task<StreamingMessage> AskAsync(StreamingMessage message, CancellationToken ct)
    {
        message.RequestId = Guid.NewGuid().ToString();
        return stream.AskAsync(message.RequestId, message, ct).WaitAsync(Patience, ct);
    }

    private static void Check(StatusResult result)
    {
        if (result.Status != StatusResult.Types.Status.Success)
            throw new InvalidOperationException($"{result.Status}: {result.Exception?.Type} {result.Exception?.Message} {result.Exception?.StackTrace}");
    }
}
