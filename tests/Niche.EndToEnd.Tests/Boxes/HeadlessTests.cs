using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Niche.EndToEnd.Tests.Rig;
using Niche.Inference.Images;

namespace Niche.EndToEnd.Tests.Boxes;

[Collection(ProcessCollection.Name)]
public sealed class HeadlessTests
{
    [Fact]
    public async Task One_command_paints_a_picture_prints_its_receipt_and_leaves_nothing_behind()
    {
        using Folder folder = new();
        string picture = folder.In("p.png"), temporary = Directory.CreateDirectory(folder.In("tmp")).FullName;
        await using BoxProgram box = BoxProgram.Start(
            ["--prompt", "a white lighthouse by the sea at night", "--seed", "7", "--out", picture, "--port", Text(Ports.Free())],
            new Dictionary<string, string> { ["TMPDIR"] = temporary });
        await Until.TrueAsync(() => box.Children().Count == 5 || box.HasExited, () => box.Output);
        IReadOnlyList<int> children = box.Children();

        Assert.Equal(0, await box.ExitAsync());

        RgbImage image = ImageFile.Decode(await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken), new ImageLimits()).Image;
        Assert.Equal((128, 128), (image.Width, image.Height));
        Assert.True(image.Pixels.ToArray().Distinct().Count() > 32, "The picture is blank.");
        foreach (string word in new[] { "picture ", "seed       7", "miner      uid", "verdict    verified", "receipt ", "signed by 5" })
            Assert.Contains(word, box.Output, StringComparison.Ordinal);
        await Processes.GoneAsync(children);
        Assert.Empty(Directory.GetDirectories(temporary, "niche-*"));
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        await using BoxProgram box = BoxProgram.Start(["--help"]);

        Assert.Equal(0, await box.ExitAsync());

        foreach (string option in new[] { "--prompt", "--out", "--seed", "--interval", "--rounds", "--data", "--port", "--plain" })
            Assert.Contains(option, box.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_a_clear_error_and_nothing_starts()
    {
        using Folder folder = new();
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        string port = Text(((IPEndPoint)listener.LocalEndpoint).Port);
        await using BoxProgram box = BoxProgram.Start(["--plain", "--port", port], new Dictionary<string, string> { ["TMPDIR"] = folder.Path });

        Assert.Equal(1, await box.ExitAsync());

        Assert.Contains($"Port {port} is in use", box.Output, StringComparison.Ordinal);
        Assert.Contains("--port", box.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(folder.Path, "niche-*"));
    }

    [Fact]
    public async Task Options_out_of_range_are_errors_that_say_the_range()
    {
        await using BoxProgram box = BoxProgram.Start(["--interval", "1"]);

        Assert.NotEqual(0, await box.ExitAsync());
        Assert.Contains("5 to 3600", box.Output, StringComparison.Ordinal);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
