using Niche.Triggers.Timers;

namespace Niche.Triggers.Tests.Timers;

public sealed class FileTimerStatusStoreTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "niche-timers-" + Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task A_status_is_read_back_by_another_process()
    {
        var token = TestContext.Current.CancellationToken;
        var now = new DateTime(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc);
        await new FileTimerStatusStore(_directory).WriteAsync("QueryRound", new ScheduleStatus { Last = now, Next = now.AddMinutes(10), LastUpdated = now }, token);
        var read = await new FileTimerStatusStore(_directory).ReadAsync("queryround", token);
        Assert.Equal((now, now.AddMinutes(10), now, DateTimeKind.Utc), (read!.Last, read.Next, read.LastUpdated, read.Next.Kind));
        Assert.Single(Directory.GetFiles(_directory));
    }

    [Fact]
    public async Task An_unknown_function_has_no_status() =>
        Assert.Null(await new FileTimerStatusStore(_directory).ReadAsync("Nobody", TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("{ broken")]
    [InlineData("[1,2]")]
    public async Task A_damaged_file_is_named(string text)
    {
        Directory.CreateDirectory(_directory);
        await File.WriteAllTextAsync(Path.Combine(_directory, "TICK.json"), text, TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<InvalidDataException>(async () =>
            await new FileTimerStatusStore(_directory).ReadAsync("Tick", TestContext.Current.CancellationToken));
        Assert.Contains("TICK.json", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }
}
