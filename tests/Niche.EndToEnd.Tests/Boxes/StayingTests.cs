using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Niche.EndToEnd.Tests.Rig;

namespace Niche.EndToEnd.Tests.Boxes;

[Collection(ProcessCollection.Name)]
public sealed class StayingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_Ctrl_C_and_a_new_start_pictures_and_receipts_are_still_there()
    {
        using Folder folder = new();
        using HttpClient http = new() { Timeout = TimeSpan.FromMinutes(2) };
        string path, receipt;
        byte[] picture;
        await using (BoxProgram box = Start(folder, out Uri api))
        {
            await box.SaysAsync("Ready after");
            JsonElement answer = await PaintAsync(http, api);
            JsonElement data = answer.GetProperty("data")[0];
            path = new Uri(data.GetProperty("url").GetString()!).AbsolutePath;
            receipt = "/v1/receipts/" + data.GetProperty("receipt_id").GetString();
            picture = await http.GetByteArrayAsync(new Uri(api, path), Ct);
            await AssertSurfacesAsync(http, api);
            await AssertCtrlCEndsAllAsync(box);
        }

        await using BoxProgram next = Start(folder, out Uri again);
        await next.SaysAsync("Ready after");

        Assert.Equal(picture, await http.GetByteArrayAsync(new Uri(again, path), Ct));
        Assert.Contains("niche-scenes", await http.GetStringAsync(new Uri(again, receipt), Ct), StringComparison.Ordinal);
        await AssertCtrlCEndsAllAsync(next);
    }

    [Fact]
    public async Task A_box_that_is_killed_takes_its_processes_with_it()
    {
        using Folder folder = new();
        await using BoxProgram box = Start(folder, out _);
        await box.SaysAsync("Ready after");
        IReadOnlyList<int> children = box.Children();
        Assert.Equal(5, children.Count);

        await box.KillAsync();

        await Processes.GoneAsync(children);
    }

    [Fact]
    public async Task A_process_that_dies_ends_the_box_with_its_name_and_its_last_words()
    {
        using Folder folder = new();
        await using BoxProgram box = BoxProgram.Start(
            ["--plain", "--port", Ports.Free().ToString(CultureInfo.InvariantCulture)], new Dictionary<string, string> { ["TMPDIR"] = folder.Path });
        await box.SaysAsync("Ready after");
        IReadOnlyList<int> children = box.Children();
        int reference = children.Single(id => File.ReadAllText($"/proc/{id}/cmdline").Contains("\0endpoint\0", StringComparison.Ordinal));

        Processes.Kill(reference);

        Assert.Equal(1, await box.ExitAsync());
        Assert.Contains("The process 'reference' ended with code 137", box.Output, StringComparison.Ordinal);
        Assert.Contains("Now listening on", box.Output, StringComparison.Ordinal);
        await Processes.GoneAsync(children);
        Assert.Empty(Directory.GetDirectories(folder.Path, "niche-*"));
    }

    private static BoxProgram Start(Folder folder, out Uri api)
    {
        int port = Ports.Free();
        api = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        return BoxProgram.Start(["--plain", "--data", folder.In("data"), "--port", port.ToString(CultureInfo.InvariantCulture)]);
    }

    private static async Task<JsonElement> PaintAsync(HttpClient http, Uri api)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync(new Uri(api, "v1/images/generations"), new { prompt = "a castle", steps = 4 }, Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private static async Task AssertSurfacesAsync(HttpClient http, Uri api)
    {
        using HttpResponseMessage studio = await http.GetAsync(api, Ct);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (studio.StatusCode, studio.Content.Headers.ContentType!.MediaType));
        Assert.Contains("default-src 'self'", string.Join(' ', studio.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        JsonElement description = await http.GetFromJsonAsync<JsonElement>(new Uri(api, "openapi.json"), Ct);
        Assert.True(description.GetProperty("paths").TryGetProperty("/v1/jobs", out _));
        foreach (string health in new[] { "health/live", "health/ready" })
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri(api, health), Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static async Task AssertCtrlCEndsAllAsync(BoxProgram box)
    {
        IReadOnlyList<int> children = box.Children();
        Assert.Equal(5, children.Count);
        box.PressCtrlC();
        Assert.Equal(0, await box.ExitAsync());
        Assert.Contains("Stopped.", box.Output, StringComparison.Ordinal);
        await Processes.GoneAsync(children);
    }
}
