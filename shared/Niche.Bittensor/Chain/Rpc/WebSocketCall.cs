using System.Text.Json;

namespace Niche.Bittensor.Chain.Rpc;

/// <summary>One call in flight on a session; with the name of its undoing when it subscribes.</summary>
internal sealed class WebSocketCall(string method, string? unsubscribe)
{
    private readonly TaskCompletionSource<JsonElement> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Method => method;

    public string? Unsubscribe => unsubscribe;

    public Task<JsonElement> Answer => _answer.Task;

    /// <summary>Set by the reader before it completes the answer.</summary>
    public WebSocketSubscription? Subscription { get; set; }

    public void Succeed(JsonElement result) => _answer.TrySetResult(result);

    public void Fail(SubtensorException fault, bool arrived) => _answer.TrySetException(
        new SubtensorException(fault.Error, fault.Message, fault)
        {
            Endpoint = fault.Endpoint,
            NodeCode = fault.NodeCode,
            NodeText = fault.NodeText,
            MayHaveArrived = arrived && fault.NodeCode is null,
        });
}
