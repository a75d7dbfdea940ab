using Microsoft.Extensions.Time.Testing;
using Niche.GpuEndpoint.Repository;

namespace Niche.GpuEndpoint.Tests.Repository;

/// <summary>A pull as people see it.</summary>
public sealed class PullConsoleTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 kB")]
    [InlineData(999_949, "999.9 kB")]
    [InlineData(999_950, "1.0 MB")]
    [InlineData(4_123_456_789, "4.1 GB")]
    [InlineData(long.MaxValue, "9223372.0 TB")]
    public void Sizes_are_in_steps_of_a_thousand(long bytes, string text) => Assert.Equal(text, ByteCount.Text(bytes));

    [Fact]
    public void A_file_is_a_line_and_one_that_takes_long_says_how_far_it_is()
    {
        var (output, time) = (new StringWriter(), new FakeTimeProvider());
        var console = new PullConsole(output, terminal: false, time);
        void At(int seconds, long bytes, bool done = false)
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            console.Report(new PullProgress("unet/model.onnx", 2, 3, bytes, 4_000_000_000, done));
        }
        console.Report(new PullProgress("config.json", 1, 3, 500, 500, Done: true));
        At(0, 1_000_000_000);
        At(1, 1_100_000_000);
        At(19, 3_000_000_000);
        At(5, 4_000_000_000, done: true);

        Assert.Equal(
        [
            "[1/3] config.json  500 B",
            "[2/3] unet/model.onnx  3.0 GB of 4.0 GB, 75 %, 100.0 MB/s, goes on at 1.0 GB",
            "[2/3] unet/model.onnx  4.0 GB, 120.0 MB/s, goes on at 1.0 GB",
            "",
        ], output.ToString().Split(Environment.NewLine));
    }

    [Fact]
    public void On_a_terminal_a_line_is_written_over()
    {
        var (output, time) = (new StringWriter(), new FakeTimeProvider());
        var console = new PullConsole(output, terminal: true, time);
        console.Report(new PullProgress("a", 1, 1, 0, 1000, Done: false));
        time.Advance(TimeSpan.FromSeconds(1));
        console.Report(new PullProgress("a", 1, 1, 400, 1000, Done: false));
        console.Report(new PullProgress("a", 1, 1, 1000, 1000, Done: true));

        var lines = output.ToString().Split('\r');

        Assert.Equal("[1/1] a  400 B of 1.0 kB, 40 %, 400 B/s", lines[1]);
        Assert.Equal("[1/1] a  1.0 kB, 1.0 kB/s".PadRight(lines[1].Length) + Environment.NewLine, lines[2]);
    }
}
