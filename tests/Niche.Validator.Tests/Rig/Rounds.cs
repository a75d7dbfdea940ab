using System.Text.Json;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Validator.Judging;
using Niche.Validator.Network;
using Niche.Validator.Synthetic;

namespace Niche.Validator.Tests.Rig;

/// <summary>Drives rounds by hand, message by message, as the queue pumps do.</summary>
public static class Rounds
{
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Plans the round of this moment, goes to its end, sends and scores everything.</summary>
    public static async Task<IReadOnlyList<SyntheticMessage>> RunRoundAsync(this TestSubnet subnet, ValidatorNode node)
    {
        await node.Get<RoundStarter>().RunAsync(Ct);
        subnet.Time.Advance(node.Get<RoundLength>().Value);
        IReadOnlyList<SyntheticMessage> sent = await subnet.DrainAsync<SyntheticMessage>(WorkNames.SyntheticJobs, node.Get<SyntheticHandler>().RunAsync);
        await subnet.ScoreAsync(node);
        return sent;
    }

    public static Task<IReadOnlyList<ScoreMessage>> ScoreAsync(this TestSubnet subnet, ValidatorNode node) =>
        subnet.DrainAsync<ScoreMessage>(WorkNames.ScoreJobs, node.Get<ScoreHandler>().RunAsync);

    public static async Task<IReadOnlyList<T>> DrainAsync<T>(this TestSubnet subnet, string queue, Func<T, CancellationToken, Task> handle)
    {
        List<T> handled = [];
        while (await subnet.Storage.Queues.ReceiveAsync(queue, 1, Visibility, Ct) is [QueueItem item])
        {
            T message = JsonSerializer.Deserialize<T>(item.Body, JsonSerializerOptions.Web)!;
            await handle(message, Ct);
            await subnet.Storage.Queues.DeleteAsync(queue, item.Id, item.PopReceipt, Ct);
            handled.Add(message);
        }

        return handled;
    }
}
