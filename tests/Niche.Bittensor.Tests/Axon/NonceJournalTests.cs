using System.Net;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Axon;

public sealed class NonceJournalTests : IDisposable
{
    private const int Small = 2_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("niche-nonces-");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly List<IOException> _faults = [];

    private string File => Path.Combine(_folder.FullName, "nonces");

    private long Now => NonceClock.Now(_time);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_request_can_not_be_replayed_after_a_restart_of_the_axon()
    {
        using var http = new HttpClient();
        StockCall call;
        await using (var before = await StartAsync())
        {
            call = StockCall.To(before, _time);
            Assert.Equal(HttpStatusCode.OK, (await call.SendAsync(http, before.Address)).StatusCode);
        }

        await using var after = await StartAsync();
        using var replayed = await call.SendAsync(http, after.Address);
        Assert.Equal(HttpStatusCode.Unauthorized, replayed.StatusCode);
        Assert.Contains("a newer one was last processed", await replayed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var next = await StockCall.To(after, _time).SendAsync(http, after.Address);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public void What_was_recorded_is_there_when_the_process_ended_without_a_word()
    {
        using var killed = Memory();
        Assert.Null(killed.Record("h", "u", Now));

        // A copy of the file as a killed process leaves it: nothing was flushed or closed.
        var copy = File + ".copy";
        System.IO.File.WriteAllBytes(copy, ReadShared(File));
        using var memory = new NonceMemory(_time, 10, new NonceJournal(copy, Small, _faults.Add));
        Assert.NotNull(memory.CheckOrder("h", "u", Now));
        Assert.Null(memory.CheckOrder("h", "u", Now + 1));
    }

    [Fact]
    public void Whatever_stands_in_the_file_an_axon_starts_and_keeps_what_it_can_read() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 60]).Sample(
            (garbage, cut) =>
            {
                var good = Encoding.ASCII.GetBytes($"h u {Now}\n");
                var torn = Encoding.ASCII.GetBytes($"torn-hotkey torn-uuid {Now}\n");
                System.IO.File.WriteAllBytes(File, [.. garbage, (byte)'\n', .. good, .. torn[..Math.Min(cut, torn.Length - 1)]]);
                using var memory = Memory();
                return memory.CheckOrder("h", "u", Now) is not null
                    && memory.CheckOrder("torn-hotkey", "torn-uuid", 1) is null
                    && memory.Record("h", "u", Now + 1) is null;
            },
            iter: 200, threads: 1);

    [Fact]
    public void A_nonce_out_of_the_window_is_not_taken_from_the_file()
    {
        System.IO.File.WriteAllText(File, $"h old {Now - 65_000_000_000}\nh late {Now + 11_000_000_000}\nh good {Now - 63_000_000_000}\n");
        using (Memory())
        {
        }

        Assert.Equal($"h good {Now - 63_000_000_000}\n", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void The_file_stays_small_and_loses_nothing_that_counts()
    {
        using (var memory = Memory())
        {
            for (var i = 0; i < 2_000; i++)
            {
                Assert.Null(memory.Record("h", $"u{i % 7}", Now + i));
                Assert.InRange(new FileInfo(File).Length, 1, Small + 200);
            }
        }

        using var again = Memory();
        for (var i = 0; i < 7; i++) Assert.NotNull(again.CheckOrder("h", $"u{i}", Now + 1990));
        Assert.Empty(_faults);
    }

    [Fact]
    public void A_memory_that_is_closed_and_opened_at_any_time_decides_as_one_that_never_was() =>
        Gen.Select(Gen.Int[0, 3], Gen.Long[0, 40], Gen.Bool).Array[1, 60].Sample(
            steps =>
            {
                System.IO.File.Delete(File);
                using var whole = new NonceMemory(_time, 10);
                var interrupted = Memory();
                try
                {
                    foreach (var (uuid, nonce, restart) in steps)
                    {
                        var (first, second) = (whole.Record("h", $"u{uuid}", Now + nonce), interrupted.Record("h", $"u{uuid}", Now + nonce));
                        if (first?.Message != second?.Message) return false;
                        if (!restart) continue;
                        interrupted.Dispose();
                        interrupted = Memory();
                    }

                    return _faults.Count == 0;
                }
                finally
                {
                    interrupted.Dispose();
                }
            },
            iter: 100, threads: 1);

    [Fact]
    public void Two_axons_can_not_share_a_file()
    {
        using var first = Memory();
        Assert.Throws<IOException>(Memory);
    }

    [Fact]
    public void A_file_in_a_folder_that_is_not_there_stops_the_start() =>
        Assert.ThrowsAny<IOException>(() => new NonceJournal(Path.Combine(_folder.FullName, "missing", "nonces"), Small, _faults.Add));

    [Fact]
    public void A_file_that_can_no_longer_be_written_is_told_once_and_stops_nobody()
    {
        using var memory = Memory();
        _folder.Delete(recursive: true);
        for (var i = 1; i < 200; i++) Assert.Null(memory.Record("h", "u", Now + i));
        Assert.NotNull(memory.CheckOrder("h", "u", Now + 199));
        Assert.Single(_faults);
        _folder.Create();
    }

    private NonceMemory Memory() => new(_time, 10, new NonceJournal(File, Small, _faults.Add));

    private Task<AxonHost> StartAsync() => AxonHost.StartAsync(options =>
    {
        options.TimeProvider = _time;
        options.NonceFile = File;
        options.Attach<Echo>((echo, _, _) => Task.FromResult(AxonReply.Success(echo)));
    });

    // The lock on the file is between axons; the system lets others read.
    private static byte[] ReadShared(string path)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("cat", [path]) { RedirectStandardOutput = true })!;
        using var copy = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(copy);
        process.WaitForExit();
        return copy.ToArray();
    }
}
