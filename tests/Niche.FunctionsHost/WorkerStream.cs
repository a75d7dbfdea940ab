using System.Collections.Concurrent;
using Grpc.Core;
using Niche.FunctionsHost.Protocol;

namespace Niche.FunctionsHost;

/// <summary>The one stream between host and worker: requests go out with an id, and the answers find back to who waits for them.</summary>
internal sealed class WorkerStream : FunctionRpc.FunctionRpcBase
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1);
    private IServerStreamWriter<StreamingMessage>? _out;

    /// <summary>Done when the worker has said its name.</summary>
    public Task Started => _started.Task;

    /// <summary>Warnings and worse that the worker logged.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        _out = responseStream;
        try
        {
            await foreach (StreamingMessage message in requestStream.ReadAllAsync(context.CancellationToken)) Take(message);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // A worker that was killed does not say goodbye.
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="WorkerGoneException">The worker ended before it answered.</exception>
    public async Task<StreamingMessage> AskAsync(string id, StreamingMessage message, CancellationToken ct)
    {
        TaskCompletionSource<StreamingMessage> answer = _waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await SendAsync(message, ct);
            if (await Task.WhenAny(answer.Task, _ended.Task).WaitAsync(ct) != answer.Task) throw new WorkerGoneException();
            return await answer.Task;
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    public async Task SendAsync(StreamingMessage message, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            await _out!.WriteAsync(message, ct);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            throw new WorkerGoneException();
        }
        finally
        {
            _writing.Release();
        }
    }

    private void Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                _started.TrySetResult();
                break;
            case StreamingMessage.ContentOneofCase.RpcLog when message.RpcLog.Level >= 3:
                Complaints.Enqueue($"{message.RpcLog.Category}: {message.RpcLog.Message} {message.RpcLog.Exception?.Message}");
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                Answer(message.InvocationResponse.InvocationId, message);
                break;
            default:
                Answer(message.RequestId, message);
                break;
        }
    }

    private void Answer(string id, StreamingMessage message)
    {
        if (_waiting.TryGetValue(id, out TaskCompletionSource<StreamingMessage>? waiting)) waiting.TrySetResult(message);
    }
}
