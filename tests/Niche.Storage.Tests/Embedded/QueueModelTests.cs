using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Niche.Storage.Embedded;

namespace Niche.Storage.Tests.Embedded;

/// <summary>Random histories against a model that is simple enough to be obviously right.</summary>
public sealed class QueueModelTests : IAsyncDisposable
{
    private static readonly Gen<Step> s_step = Gen.Frequency(
        (4, Gen.Int[0, 5].Select(s => new Step(StepKind.Put, s))),
        (4, Gen.Int[1, 4].Select(n => new Step(StepKind.Receive, n))),
        (2, Gen.Int[0, 20].Select(i => new Step(StepKind.Renew, i))),
        (3, Gen.Int[0, 20].Select(i => new Step(StepKind.Delete, i))),
        (2, Gen.Int[1, 4].Select(s => new Step(StepKind.Advance, s))));

    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly EmbeddedStorage _storage;

    public QueueModelTests() => _storage = EmbeddedStorage.Open(new(_folder.Path), _time);

    private enum StepKind
    {
        Put,
        Receive,
        Renew,
        Delete,
        Advance,
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_history_gives_what_the_model_gives()
    {
        var run = 0;
        await s_step.Array[0, 60].SampleAsync(
            async steps =>
            {
                var queue = $"queue{Interlocked.Increment(ref run)}";
                var model = new QueueModel();

                // Receipts in the order they were handed out, stale ones included: those must be refused.
                var receipts = new List<(string Id, string Real, int Model)>();
                foreach (var (kind, n) in steps)
                    await ApplyAsync(kind, n, queue, model, receipts);
                Assert.Equal(model.Count, await _storage.Queues.CountAsync(queue, Ct));
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public async Task Concurrent_puts_receives_and_deletes_handle_each_message_once()
    {
        const int Writers = 4, Each = 250;
        var handled = new System.Collections.Concurrent.ConcurrentBag<string>();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(
            async () =>
            {
                for (var i = 0; i < Each; i++)
                    await _storage.Queues.PutAsync("jobs", $"{w}-{i}", null, null, Ct);
            },
            Ct)));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                while (!writing.IsCompleted || await _storage.Queues.CountAsync("jobs", Ct) > 0)
                {
                    foreach (var item in await _storage.Queues.ReceiveAsync("jobs", 3, TimeSpan.FromMinutes(1), Ct))
                    {
                        Assert.True(await _storage.Queues.DeleteAsync("jobs", item.Id, item.PopReceipt, Ct));
                        handled.Add(item.Body);
                    }
                }
            },
            Ct)));
        await writing;
        Assert.Equal(Writers * Each, handled.Count);
        Assert.Equal(Writers * Each, handled.Distinct().Count());
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        _folder.Dispose();
    }

    private async Task ApplyAsync(StepKind kind, int n, string queue, QueueModel model, List<(string Id, string Real, int Model)> receipts)
    {
        var queues = _storage.Queues;
        switch (kind)
        {
            case StepKind.Put:
                var put = await queues.PutAsync(queue, "x", n < 3 ? null : TimeSpan.FromSeconds(n), null, Ct);
                receipts.Add((put.Id, put.PopReceipt, model.Put(put.Id, n < 3 ? 0 : n)));
                break;
            case StepKind.Receive:
                var real = await queues.ReceiveAsync(queue, n, TimeSpan.FromSeconds(3), Ct);
                var expected = model.Receive(n, 3);
                Assert.Equal(expected.Select(m => (m.Id, m.Dequeues)).Order(), real.Select(m => (m.Id, m.DequeueCount)).Order());
                receipts.AddRange(real.Select(m => (m.Id, m.PopReceipt, expected.Single(e => e.Id == m.Id).Receipt)));
                break;
            case StepKind.Renew when receipts.Count > 0:
                var (id, receipt, modelReceipt) = receipts[n % receipts.Count];
                var renewed = await queues.RenewAsync(queue, id, receipt, TimeSpan.FromSeconds(n % 4), Ct);
                var modelRenewed = model.Renew(id, modelReceipt, n % 4);
                Assert.Equal(modelRenewed is null, renewed is null);
                if (renewed is not null)
                    receipts.Add((id, renewed, modelRenewed!.Value));
                break;
            case StepKind.Delete when receipts.Count > 0:
                var target = receipts[n % receipts.Count];
                Assert.Equal(model.Delete(target.Id, target.Model), await queues.DeleteAsync(queue, target.Id, target.Real, Ct));
                break;
            case StepKind.Advance:
                _time.Advance(TimeSpan.FromSeconds(n));
                model.Now += n;
                break;
        }
    }

    private sealed record Step(StepKind Kind, int N);
}
