using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Axon;

public class NonceMemoryTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));

    [Theory]
    [InlineData(-15.9, 12, true)]
    [InlineData(-16.1, 12, false)]
    [InlineData(-3.9, 0, true)]
    [InlineData(-4.1, 0, false)]
    [InlineData(-63.9, 3600, true)]
    [InlineData(-64.1, 3600, false)]
    [InlineData(9.9, 12, true)]
    [InlineData(10.1, 12, false)]
    public void The_window_has_two_sides(double secondsFromNow, int timeout, bool fresh)
    {
        var memory = new NonceMemory(_time, 10);
        var nonce = NonceClock.Now(_time) + (long)(secondsFromNow * 1e9);
        Assert.Equal(fresh, memory.CheckWindow(nonce, TimeSpan.FromSeconds(timeout)) is null);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    [InlineData(-1)]
    public void Extreme_nonces_are_outside(long nonce) => Assert.NotNull(new NonceMemory(_time, 10).CheckWindow(nonce, TimeSpan.FromDays(1)));

    [Fact]
    public void Nonces_of_one_dendrite_only_grow() =>
        Gen.Long[1, 50].Array[1, 50].Sample(nonces =>
        {
            var memory = new NonceMemory(_time, 10);
            var highest = 0L;
            foreach (var nonce in nonces)
            {
                var accepted = memory.CheckOrder("h", "u", nonce) is null;
                if (accepted != nonce > highest || memory.Record("h", "u", nonce) is null != accepted) return false;
                highest = Math.Max(highest, nonce);
            }

            return true;
        });

    [Fact]
    public void Other_dendrites_do_not_disturb()
    {
        var memory = new NonceMemory(_time, 10);
        Assert.Null(memory.Record("h", "u", 5));
        Assert.Null(memory.Record("h", "v", 4));
        Assert.Null(memory.Record("g", "u", 4));
        Assert.NotNull(memory.Record("h", "u", 5));
    }

    [Fact]
    public void A_full_memory_refuses_newcomers_until_old_entries_leave_the_window()
    {
        var memory = new NonceMemory(_time, 3);
        var start = NonceClock.Now(_time);
        for (var i = 0; i < 3; i++) Assert.Null(memory.Record($"h{i}", "u", start));
        Assert.Equal(503, memory.Record("late", "u", start)!.StatusCode);
        Assert.Null(memory.Record("h0", "u", start + 1));

        _time.Advance(TimeSpan.FromSeconds(65));
        Assert.Null(memory.Record("late", "u", NonceClock.Now(_time)));
    }

    [Fact]
    public void One_hotkey_can_not_fill_the_memory()
    {
        var memory = new NonceMemory(_time, 10_000);
        for (var i = 0; i < NonceMemory.MaxPerHotkey; i++) Assert.Null(memory.Record("flood", $"u{i}", NonceClock.Now(_time)));
        Assert.Equal(429, memory.Record("flood", "one more", NonceClock.Now(_time))!.StatusCode);
        Assert.Null(memory.Record("other", "u", NonceClock.Now(_time)));
    }
}
