namespace Niche.Storage.Tests.Contract;

public abstract class ReplayContract(IStorageFixture fixture) : ContractTests(fixture)
{
    [Fact]
    public async Task Every_message_moves_from_the_poison_queue_to_its_queue()
    {
        var queue = FreshName();
        for (var i = 0; i < 40; i++)
            await Queues.PutAsync(queue + QueueReplay.PoisonSuffix, $"{i}", null, null, Ct);

        Assert.Equal(40, await new QueueReplay(Queues).RunAsync(queue, int.MaxValue, Ct));
        Assert.Equal(0, await Queues.CountAsync(queue + QueueReplay.PoisonSuffix, Ct));
        Assert.Equal(40, await Queues.CountAsync(queue, Ct));
        Assert.Equal(0, await new QueueReplay(Queues).RunAsync(queue, int.MaxValue, Ct));
    }

    [Fact]
    public async Task No_more_than_asked_for_are_moved_and_they_start_with_a_fresh_count()
    {
        var queue = FreshName();
        for (var i = 0; i < 3; i++)
            await Queues.PutAsync(queue + QueueReplay.PoisonSuffix, "x", null, null, Ct);

        Assert.Equal(2, await new QueueReplay(Queues).RunAsync(queue, 2, Ct));
        Assert.Equal(1, await Queues.CountAsync(queue + QueueReplay.PoisonSuffix, Ct));
        Assert.All(await Queues.ReceiveAsync(queue, 32, Minute, Ct), m => Assert.Equal(1, m.DequeueCount));
    }

    [Fact]
    public async Task A_poison_queue_itself_cannot_be_the_target() =>
        await RefusedAsync(StorageErrorCode.InvalidName, () => new QueueReplay(Queues).RunAsync("jobs-poison", 1, Ct));
}
