using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Calls;
using Niche.TelegramStandIn.Flood;

namespace Niche.Bots.Telegram.Tests.Calls;

/// <summary>How fast the bot lets itself be.</summary>
public sealed class PaceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Start);

    [Fact]
    public async Task A_short_wait_is_waited_and_a_long_one_is_told_before_anything_is_sent()
    {
        ChatPacer pacer = new(_time);
        await pacer.WaitAsync(5, 1, Ct);
        Task second = pacer.WaitAsync(5, 1, Ct);
        Assert.False(second.IsCompleted);
        PlatformException busy = await Assert.ThrowsAsync<PlatformException>(() => pacer.WaitAsync(5, 1, Ct));
        Assert.Equal(PlatformFault.Busy, busy.Fault);
        Assert.InRange(busy.RetryAfter!.Value, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.FromSeconds(1.1));
        await second.WaitAsync(TimeSpan.FromSeconds(60), Ct);
    }

    [Fact]
    public async Task Other_chats_do_not_wait()
    {
        ChatPacer pacer = new(_time);
        for (int chat = 1; chat <= 5; chat++) Assert.True(pacer.WaitAsync(chat, 1, Ct).IsCompletedSuccessfully);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Progress_in_a_group_leaves_room_for_answers()
    {
        ChatPacer pacer = new(_time);
        for (int i = 0; i < 20 - ChatPacer.KeptForAnswers; i++)
        {
            Assert.True(pacer.WaitAsync(-5, 1, Ct, isProgress: true).IsCompletedSuccessfully);
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        await Assert.ThrowsAsync<PlatformException>(() => pacer.WaitAsync(-5, 1, Ct, isProgress: true));
        for (int i = 0; i < ChatPacer.KeptForAnswers; i++)
        {
            Assert.True(pacer.WaitAsync(-5, 1, Ct).IsCompletedSuccessfully);
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        await Assert.ThrowsAsync<PlatformException>(() => pacer.WaitAsync(-5, 1, Ct));
    }

    [Fact]
    public async Task A_chat_that_Telegram_closed_stays_closed_as_long_as_it_said()
    {
        ChatPacer pacer = new(_time);
        pacer.Close(5, TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(30), (await Assert.ThrowsAsync<PlatformException>(() => pacer.WaitAsync(5, 1, Ct))).RetryAfter);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(pacer.WaitAsync(5, 1, Ct).IsCompletedSuccessfully);
    }

    [Fact]
    public void Whatever_is_sent_when_the_server_refuses_nothing() => Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[0, 900], Gen.Bool).List[1, 150].Sample(calls =>
    {
        FakeTimeProvider time = new(Start);
        ChatPacer pacer = new(time);
        FloodGate gate = new(new FloodLimits());
        foreach ((int who, int messages, int pause, bool group) in calls)
        {
            time.Advance(TimeSpan.FromMilliseconds(pause));
            long chat = group ? -who : who;
            Task turn = pacer.WaitAsync(chat, messages, Ct);
            if (turn.IsFaulted) continue;
            while (!turn.IsCompleted) time.Advance(TimeSpan.FromMilliseconds(10));
            if (gate.Admit(chat, group, messages, time.GetUtcNow()) is not null) return false;
        }

        return true;
    }, iter: 300);

    [Fact]
    public async Task A_crowd_is_told_to_come_back_one_after_another_and_then_all_are_served()
    {
        ChatPacer pacer = new(_time);
        List<(long Chat, DateTimeOffset At)> sentAway = [];
        for (int chat = 1; chat <= 1000; chat++)
        {
            Task turn = pacer.WaitAsync(chat, 1, Ct);
            if (turn.IsFaulted) sentAway.Add((chat, _time.GetUtcNow() + (await Assert.ThrowsAsync<PlatformException>(() => turn)).RetryAfter!.Value));
        }

        Assert.InRange(sentAway.Count, 900, 990);
        Assert.Equal(sentAway.Count, sentAway.Select(one => one.At).Distinct().Count());
        foreach ((long chat, DateTimeOffset at) in sentAway)
        {
            if (at > _time.GetUtcNow()) _time.Advance(at - _time.GetUtcNow());
            Assert.False(pacer.WaitAsync(chat, 1, Ct).IsFaulted);
        }

        Assert.InRange(_time.GetUtcNow() - Start, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Chats_that_went_quiet_are_forgotten()
    {
        ChatPacer pacer = new(_time);
        for (int chat = 1; chat <= 20_000; chat++)
        {
            Assert.True(pacer.WaitAsync(chat, 1, Ct).IsCompletedSuccessfully);
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(pacer.Remembered, 1, 4096);
    }
}
