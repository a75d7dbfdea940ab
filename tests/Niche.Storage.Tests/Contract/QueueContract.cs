namespace Niche.Storage.Tests.Contract;

public abstract class QueueContract(IStorageFixture fixture) : ContractTests(fixture)
{
    [Theory]
    [InlineData("{\"id\":1}")]
    [InlineData("  {\n\t\"prompt\": \"a red lighthouse & <storm> 灯台 🗼 é\"\n}\n")]
    [InlineData(" ")]
    public async Task A_message_comes_back_as_it_was_put(string body)
    {
        var queue = FreshName();
        var put = await Queues.PutAsync(queue, body, null, null, Ct);
        var item = Assert.Single(await Queues.ReceiveAsync(queue, 32, Minute, Ct));
        Assert.Equal(body, item.Body);
        Assert.Equal(put.Id, item.Id);
        Assert.Equal(1, item.DequeueCount);
        Assert.True((item.InsertedOn - Now).Duration() < Minute);
    }

    [Fact]
    public async Task A_received_message_is_hidden_until_its_lease_ends_and_then_counted_again()
    {
        var queue = FreshName();
        await Queues.PutAsync(queue, "x", null, null, Ct);
        var first = Assert.Single(await Queues.ReceiveAsync(queue, 1, Second, Ct));
        Assert.Empty(await Queues.ReceiveAsync(queue, 1, Second, Ct));

        await AdvanceAsync(Second);
        var second = Assert.Single(await Queues.ReceiveAsync(queue, 1, Minute, Ct));
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(2, second.DequeueCount);
        Assert.NotEqual(first.PopReceipt, second.PopReceipt);
        Assert.False(await Queues.DeleteAsync(queue, first.Id, first.PopReceipt, Ct));
        Assert.Null(await Queues.RenewAsync(queue, first.Id, first.PopReceipt, Minute, Ct));
        Assert.True(await Queues.DeleteAsync(queue, second.Id, second.PopReceipt, Ct));
    }

    [Fact]
    public async Task A_lease_that_ended_unnoticed_may_still_be_used()
    {
        var queue = FreshName();
        await Queues.PutAsync(queue, "x", null, null, Ct);
        var item = Assert.Single(await Queues.ReceiveAsync(queue, 1, Second, Ct));
        await AdvanceAsync(Second);
        Assert.True(await Queues.DeleteAsync(queue, item.Id, item.PopReceipt, Ct));
    }

    [Fact]
    public async Task A_renewal_hides_for_longer_keeps_the_body_and_voids_the_old_receipt()
    {
        var queue = FreshName();
        await Queues.PutAsync(queue, "body", null, null, Ct);
        var item = Assert.Single(await Queues.ReceiveAsync(queue, 1, Second, Ct));
        var receipt = await Queues.RenewAsync(queue, item.Id, item.PopReceipt, TimeSpan.FromSeconds(2), Ct);
        Assert.NotNull(receipt);
        Assert.Null(await Queues.RenewAsync(queue, item.Id, item.PopReceipt, Minute, Ct));

        await AdvanceAsync(TimeSpan.FromSeconds(2));
        var again = Assert.Single(await Queues.ReceiveAsync(queue, 1, Minute, Ct));
        Assert.Equal("body", again.Body);
        Assert.Equal(2, again.DequeueCount);
    }

    [Fact]
    public async Task A_renewal_of_zero_gives_the_message_back_at_once()
    {
        var queue = FreshName();
        await Queues.PutAsync(queue, "x", null, null, Ct);
        var item = Assert.Single(await Queues.ReceiveAsync(queue, 1, Minute, Ct));
        Assert.NotNull(await Queues.RenewAsync(queue, item.Id, item.PopReceipt, TimeSpan.Zero, Ct));
        Assert.Equal(2, Assert.Single(await Queues.ReceiveAsync(queue, 1, Minute, Ct)).DequeueCount);
    }

    [Fact]
    public async Task A_deleted_message_is_gone_and_cannot_be_deleted_or_renewed_again()
    {
        var queue = FreshName();
        await Queues.PutAsync(queue, "x", null, null, Ct);
        var item = Assert.Single(await Queues.ReceiveAsync(queue, 1, Minute, Ct));
        Assert.True(await Queues.DeleteAsync(queue, item.Id, item.PopReceipt, Ct));
        Assert.False(await Queues.DeleteAsync(queue, item.Id, item.PopReceipt, Ct));
        Assert.Null(await Queues.RenewAsync(queue, item.Id, item.PopReceipt, Minute, Ct));
        Assert.Equal(0, await Queues.CountAsync(queue, Ct));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("1", "-1")]
    public async Task An_unknown_id_or_receipt_is_a_lost_message_and_no_error(string id, string receipt)
    {
        var queue = FreshName();
        await Queues.CreateAsync(queue, Ct);
        Assert.False(await Queues.DeleteAsync(queue, id, receipt, Ct));
        Assert.Null(await Queues.RenewAsync(queue, id, receipt, Minute, Ct));
    }

    [Fact]
    public async Task A_delayed_message_is_invisible_until_its_time()
    {
        var queue = FreshName();
        await Queues.PutAsync(queue, "x", TimeSpan.FromSeconds(2), null, Ct);
        Assert.Empty(await Queues.ReceiveAsync(queue, 1, Minute, Ct));
        Assert.Empty(await Queues.PeekAsync(queue, 1, Ct));
        Assert.Equal(1, await Queues.CountAsync(queue, Ct));
        await AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Single(await Queues.ReceiveAsync(queue, 1, Minute, Ct));
    }

    [Fact]
    public async Task A_message_past_its_time_to_live_is_gone()
    {
        var queue = FreshName();
        await Queues.PutAsync(queue, "short", null, Second, Ct);
        await Queues.PutAsync(queue, "long", null, Minute, Ct);
        await AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Equal("long", Assert.Single(await Queues.PeekAsync(queue, 32, Ct)).Body);
        Assert.Equal("long", Assert.Single(await Queues.ReceiveAsync(queue, 32, Minute, Ct)).Body);
    }

    [Fact]
    public async Task The_sender_can_hide_and_delete_its_message_with_the_receipt_of_the_put()
    {
        var queue = FreshName();
        var put = await Queues.PutAsync(queue, "x", null, null, Ct);
        var receipt = await Queues.RenewAsync(queue, put.Id, put.PopReceipt, Minute, Ct);
        Assert.NotNull(receipt);
        Assert.Empty(await Queues.ReceiveAsync(queue, 1, Minute, Ct));
        Assert.True(await Queues.DeleteAsync(queue, put.Id, receipt, Ct));
        Assert.Equal(0, await Queues.CountAsync(queue, Ct));
    }

    [Fact]
    public async Task A_peek_takes_nothing()
    {
        var queue = FreshName();
        await Queues.PutAsync(queue, "x", null, null, Ct);
        var peeked = Assert.Single(await Queues.PeekAsync(queue, 32, Ct));
        Assert.Equal(("x", 0L, ""), (peeked.Body, peeked.DequeueCount, peeked.PopReceipt));
        Assert.Equal(1, Assert.Single(await Queues.ReceiveAsync(queue, 32, Minute, Ct)).DequeueCount);
    }

    [Fact]
    public async Task A_receive_takes_no_more_than_asked_for()
    {
        var queue = FreshName();
        for (var i = 0; i < 5; i++)
            await Queues.PutAsync(queue, $"{i}", null, null, Ct);
        var three = await Queues.ReceiveAsync(queue, 3, Minute, Ct);
        var rest = await Queues.ReceiveAsync(queue, 32, Minute, Ct);
        Assert.Equal(3, three.Count);
        Assert.Equal(["0", "1", "2", "3", "4"], three.Concat(rest).Select(m => m.Body).Order());
        Assert.Equal(5, await Queues.CountAsync(queue, Ct));
    }

    [Fact]
    public async Task A_queue_that_nobody_made_is_empty()
    {
        Assert.Empty(await Queues.ReceiveAsync(FreshName(), 1, Minute, Ct));
        Assert.Empty(await Queues.PeekAsync(FreshName(), 1, Ct));
        Assert.Equal(0, await Queues.CountAsync(FreshName(), Ct));
        var queue = FreshName();
        await Queues.CreateAsync(queue, Ct);
        await Queues.CreateAsync(queue, Ct);
    }

    [Fact]
    public async Task Queues_do_not_mix()
    {
        var (one, other) = (FreshName(), FreshName());
        var put = await Queues.PutAsync(one, "x", null, null, Ct);
        Assert.Empty(await Queues.ReceiveAsync(other, 32, Minute, Ct));
        Assert.False(await Queues.DeleteAsync(other, put.Id, put.PopReceipt, Ct));
    }

    [Fact]
    public async Task A_body_of_64_KiB_fits_and_one_byte_more_does_not()
    {
        var queue = FreshName();
        var largest = new string('é', IQueueStore.MaxBodyBytes / 2);
        await Queues.PutAsync(queue, largest, null, null, Ct);
        Assert.Equal(largest, Assert.Single(await Queues.ReceiveAsync(queue, 1, Minute, Ct)).Body);
        await RefusedAsync(StorageErrorCode.TooLarge, () => Queues.PutAsync(queue, largest + "x", null, null, Ct));
    }

    [Fact]
    public async Task A_body_that_would_not_survive_the_wire_is_refused()
    {
        // Not as inline data: attributes are stored as UTF-8, which has no half surrogates.
        foreach (var body in new[] { "", "nul \0", "line\r\n", "half \uD83D", "\uDDFC\uD83D", "\uFFFF" })
            await RefusedAsync(StorageErrorCode.InvalidArgument, () => Queues.PutAsync(FreshName(), body, null, null, Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("-jobs")]
    [InlineData("jobs-")]
    [InlineData("two--hyphens")]
    [InlineData("under_score")]
    [InlineData("../jobs")]
    [InlineData("jobs'; drop table messages; --")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public async Task A_queue_name_against_the_rules_is_refused(string queue)
    {
        await RefusedAsync(StorageErrorCode.InvalidName, () => Queues.CreateAsync(queue, Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Queues.PutAsync(queue, "x", null, null, Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Queues.ReceiveAsync(queue, 1, Minute, Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Queues.RenewAsync(queue, "1", "1", Minute, Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Queues.DeleteAsync(queue, "1", "1", Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Queues.CountAsync(queue, Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Queues.PeekAsync(queue, 1, Ct));
        Assert.Equal(StorageErrorCode.InvalidName, Assert.Throws<StorageException>(() => Queues.OnArrival(queue, () => { })).Code);
    }

    [Fact]
    public async Task Arguments_out_of_range_are_refused()
    {
        var queue = FreshName();
        var week = TimeSpan.FromDays(7) + Second;
        const StorageErrorCode Invalid = StorageErrorCode.InvalidArgument;
        await RefusedAsync(Invalid, () => Queues.ReceiveAsync(queue, 0, Minute, Ct));
        await RefusedAsync(Invalid, () => Queues.ReceiveAsync(queue, 33, Minute, Ct));
        await RefusedAsync(Invalid, () => Queues.ReceiveAsync(queue, 1, TimeSpan.Zero, Ct));
        await RefusedAsync(Invalid, () => Queues.ReceiveAsync(queue, 1, week, Ct));
        await RefusedAsync(Invalid, () => Queues.PeekAsync(queue, 33, Ct));
        await RefusedAsync(Invalid, () => Queues.RenewAsync(queue, "1", "1", -Second, Ct));
        await RefusedAsync(Invalid, () => Queues.RenewAsync(queue, "1", "1", week, Ct));
        await RefusedAsync(Invalid, () => Queues.PutAsync(queue, "x", -Second, null, Ct));
        await RefusedAsync(Invalid, () => Queues.PutAsync(queue, "x", week, null, Ct));
        await RefusedAsync(Invalid, () => Queues.PutAsync(queue, "x", null, TimeSpan.Zero, Ct));
        await RefusedAsync(Invalid, () => Queues.PutAsync(queue, "x", Minute, Minute, Ct));
    }

    [Fact]
    public async Task Subscribers_hear_of_visible_messages_of_their_queue_only()
    {
        var (queue, other) = (FreshName(), FreshName());
        var heard = 0;
        var subscription = Queues.OnArrival(queue, () => heard++);
        await Queues.PutAsync(queue, "x", null, null, Ct);
        Assert.Equal(1, heard);
        await Queues.PutAsync(queue, "later", Minute, null, Ct);
        await Queues.PutAsync(other, "x", null, null, Ct);
        Assert.Equal(1, heard);

        var item = Assert.Single(await Queues.ReceiveAsync(queue, 1, Minute, Ct));
        var receipt = await Queues.RenewAsync(queue, item.Id, item.PopReceipt, Minute, Ct);
        Assert.Equal(1, heard);
        await Queues.RenewAsync(queue, item.Id, receipt!, TimeSpan.Zero, Ct);
        Assert.Equal(2, heard);

        subscription.Dispose();
        await Queues.PutAsync(queue, "x", null, null, Ct);
        Assert.Equal(2, heard);
    }

    [Fact]
    public async Task Concurrent_receivers_never_share_a_message()
    {
        const int Messages = 64;
        var queue = FreshName();
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(i => Queues.PutAsync(queue, $"{i}", null, null, Ct)));
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DrainAsync(queue)));
        Assert.Equal(Enumerable.Range(0, Messages).Select(i => $"{i}").Order(), taken.SelectMany(t => t).Order());
    }

    private async Task<List<string>> DrainAsync(string queue)
    {
        var bodies = new List<string>();
        while (await Queues.ReceiveAsync(queue, 3, Minute, Ct) is { Count: > 0 } items)
            bodies.AddRange(items.Select(i => i.Body));
        return bodies;
    }
}
