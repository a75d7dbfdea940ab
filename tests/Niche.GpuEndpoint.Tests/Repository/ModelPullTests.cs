using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Niche.GpuEndpoint.Repository;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Tests.Repository;

public sealed class ModelPullTests : IAsyncLifetime
{
    private const string Model = "niche-prompt-lm";
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;
    private readonly string _folder = Directory.CreateTempSubdirectory("niche-pull-").FullName;
    private readonly HttpClient _http = new();
    private readonly List<long> _starts = [];
    private readonly WebApplication _server = WebApplication.CreateSlimBuilder().Build();
    private int _breaks;
    private bool _spoil;

    private string Models => Path.Combine(_folder, "models");

    private string Source => Path.Combine(new EndpointOptions().ModelsDirectory, Model);

    public async ValueTask InitializeAsync()
    {
        _server.Urls.Add("http://127.0.0.1:0");
        _server.MapGet($"/{Model}/{{**file}}", (RequestDelegate)ServeAsync);
        await _server.StartAsync(Now);
    }

    [Fact]
    public async Task A_local_folder_is_copied_checked_and_moved_into_place()
    {
        var pulled = await Pull().PullAsync(Source, Models, null, Now);

        Assert.Equal(ModelFolder.Open(Source).Digest, pulled.Digest);
        Assert.Equal([Path.Combine(Models, Model)], Directory.GetDirectories(Models));
        Assert.Equal([Models], Directory.GetDirectories(_folder));
    }

    [Fact]
    public async Task A_transfer_that_breaks_off_goes_on_where_it_was()
    {
        _breaks = 3;

        var pulled = await Pull().PullAsync($"{_server.Urls.First()}/{Model}", Models, null, Now);

        Assert.Equal(ModelFolder.Open(Source).Digest, pulled.Digest);
        Assert.Equal(4, _starts.Count);
        Assert.Equal(_starts.Order(), _starts);
        Assert.True(_starts[^1] > 0);
    }

    [Fact]
    public async Task Progress_counts_every_file_and_goes_on_where_a_transfer_broke_off()
    {
        _breaks = 1;
        var seen = new Seen();

        await Pull().PullAsync($"{_server.Urls.First()}/{Model}", Models, seen, Now);

        var graph = seen.Reports.Where(one => one.File == "model.onnx").ToArray();
        var length = new FileInfo(Path.Combine(Source, "model.onnx")).Length;
        Assert.Equal(Enumerable.Range(1, seen.Reports[^1].Of), seen.Reports.Where(one => one.Done).Select(one => one.Number));
        Assert.All(graph, one => Assert.Equal(length, one.Total));
        Assert.Equal(graph.Select(one => one.Bytes).Order(), graph.Select(one => one.Bytes));
        Assert.Equal((0, length, true), (graph[0].Bytes, graph[^1].Bytes, graph[^1].Done));
    }

    [Fact]
    public async Task What_is_here_already_is_not_fetched_again_unless_it_was_damaged()
    {
        var source = $"{_server.Urls.First()}/{Model}";
        await Pull().PullAsync(source, Models, null, Now);

        var again = await Pull().PullAsync(source, Models, null, Now);
        var fetched = _starts.Count;
        await File.AppendAllTextAsync(Path.Combine(Models, Model, "model.onnx"), "x", Now);
        var mended = await Pull().PullAsync(source, Models, null, Now);

        Assert.Equal((1, 2), (fetched, _starts.Count));
        Assert.Equal(again.Digest, mended.Digest);
        Assert.Equal([Models], Directory.GetDirectories(_folder));
    }

    [Fact]
    public async Task A_server_that_can_not_be_reached_is_told_with_the_reason()
    {
        var error = await Assert.ThrowsAsync<PullException>(() => Pull(tries: 2).PullAsync("http://127.0.0.1:1/model", Models, null, Now));

        Assert.Equal("broken_off", error.Code);
        Assert.Contains("could not be fetched in 2 tries", error.Message, StringComparison.Ordinal);
        Assert.Contains("refused", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_pull_that_gave_up_leaves_no_model_and_the_next_one_goes_on()
    {
        _breaks = 2;
        var source = $"{_server.Urls.First()}/{Model}";

        var error = await Assert.ThrowsAsync<PullException>(() => Pull(tries: 2).PullAsync(source, Models, null, Now));
        Assert.False(Directory.Exists(Path.Combine(Models, Model)));
        await Pull().PullAsync(source, Models, null, Now);

        Assert.Equal("broken_off", error.Code);
        Assert.Equal(3, _starts.Count);
        Assert.True(_starts[2] > _starts[0]);
    }

    [Fact]
    public async Task A_file_of_another_hash_is_refused_and_fetched_anew_by_the_next_pull()
    {
        _spoil = true;
        var source = $"{_server.Urls.First()}/{Model}";

        var error = await Assert.ThrowsAsync<ModelFolderException>(() => Pull().PullAsync(source, Models, null, Now));
        Assert.False(Directory.Exists(Path.Combine(Models, Model)));
        _spoil = false;
        await Pull().PullAsync(source, Models, null, Now);

        Assert.Equal("file_changed", error.Code);
    }

    [Fact]
    public async Task A_file_above_the_limit_is_not_fetched()
    {
        var error = await Assert.ThrowsAsync<PullException>(() => Pull(most: 1000).PullAsync($"{_server.Urls.First()}/{Model}", Models, null, Now));

        Assert.Equal("too_large", error.Code);
    }

    [Theory]
    [InlineData("http://example.com/model")]
    [InlineData("ftp://127.0.0.1/model")]
    [InlineData("no-such-folder")]
    [InlineData("https://example.com/")]
    public async Task Other_sources_are_refused(string source) =>
        Assert.Equal("source_invalid", (await Assert.ThrowsAsync<PullException>(() => Pull().PullAsync(source, Models, null, Now))).Code);

    [Fact]
    public async Task A_manifest_that_points_outside_writes_nothing_there()
    {
        var source = Directory.CreateDirectory(Path.Combine(_folder, "evil")).FullName;
        await File.WriteAllTextAsync(Path.Combine(source, "model.json"), """{"files":{"../../outside.txt":"00"}}""", Now);

        var error = await Assert.ThrowsAsync<ModelFolderException>(() => Pull().PullAsync(source, Models, null, Now));

        Assert.Equal("path_outside", error.Code);
        Assert.False(File.Exists(Path.Combine(_folder, "outside.txt")));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private ModelPull Pull(int tries = 5, long most = 1L << 30) => new(new ResumingDownload(_http, TimeProvider.System, tries), most);

    // A file server that breaks the graph's transfer off in the middle as often as a test wants.
    private async Task ServeAsync(HttpContext context)
    {
        var file = (string)context.Request.RouteValues["file"]!;
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Source, file), Now);
        var from = context.Request.GetTypedHeaders().Range?.Ranges.Single().From ?? 0;
        if (_spoil && file == "model.onnx") bytes[^1] ^= 1;
        if (from > 0)
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{bytes.Length - 1}/{bytes.Length}");
        }
        context.Response.ContentLength = bytes.Length - from;
        if (file != "model.onnx")
        {
            await context.Response.Body.WriteAsync(bytes.AsMemory((int)from), Now);
            return;
        }
        _starts.Add(from);
        if (_breaks-- <= 0)
        {
            await context.Response.Body.WriteAsync(bytes.AsMemory((int)from), Now);
            return;
        }
        await context.Response.Body.WriteAsync(bytes.AsMemory((int)from, (bytes.Length - (int)from) / 3), Now);
        await context.Response.Body.FlushAsync(Now);
        context.Abort();
    }

    private sealed class Seen : IProgress<PullProgress>
    {
        public List<PullProgress> Reports { get; } = [];

        public void Report(PullProgress value) => Reports.Add(value);
    }
}
