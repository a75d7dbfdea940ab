using Niche.Inference.Models;
using Niche.TinyModels;
using Niche.TinyModels.Onnx;

namespace Niche.Inference.Tests.Models;

/// <summary>Graphs whose weights lie in other files.</summary>
public sealed class ExternalDataTests : IDisposable
{
    private const string Graph = "part/model.onnx";
    private readonly string _root = Directory.CreateTempSubdirectory("niche-external-").FullName;

    [Theory]
    [InlineData("weights.bin")]
    [InlineData("./weights.bin")]
    [InlineData("../part/weights.bin")]
    public void Weights_in_a_file_that_the_manifest_lists_are_read(string location)
    {
        using var graph = Load(Model(g => g.External("weights", location, 4)), listed: true);

        using var run = new CancellableRun(TestContext.Current.CancellationToken);
        using var input = new HostTensor<float>(4);
        using var output = run.Do(options => new RunClock(TimeProvider.System).Run(graph, options, ["in"], [input.Value], ["out"]));
        Assert.Equal([1, 2, 3, 4], output[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Theory]
    [InlineData("weights.bin", "file_missing")]
    [InlineData("../../secret.bin", "path_outside")]
    [InlineData("../../../../../../../../../../../../etc/passwd", "path_outside")]
    [InlineData("/etc/passwd", "path_outside")]
    [InlineData("*/_ORT_MEM_ADDR_/*", "file_missing")]
    [InlineData("", "file_missing")]
    [InlineData("a\0b", "graph_invalid")]
    public void Any_other_file_is_refused_before_the_runtime_could_open_it(string location, string code)
    {
        File.WriteAllBytes(Path.Combine(_root, "secret.bin"), new byte[16]);
        foreach (var model in new[] { Model(g => g.External("weights", location, 4)), Model(g => g.ExternalConstant(location, 4)) })
            Assert.Equal(code, Assert.Throws<ModelFolderException>(() => Load(model, listed: false)).Code);
    }

    [Fact]
    public void A_group_of_fields_hides_nothing()
    {
        // Wire types 3 and 4, which a reader may skip: what follows them has to be seen all the same, or the whole refused.
        byte[] group = [(99 << 3 & 0x7F) | 0x80 | 3, 99 >> 4, (99 << 3 & 0x7F) | 0x80 | 4, 99 >> 4];

        Assert.Equal("graph_invalid", Assert.Throws<ModelFolderException>(() => Load([.. group, .. Model(g => g.External("weights", "/etc/passwd", 4))], listed: false)).Code);
    }

    [Theory]
    [InlineData(1L << 20)]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    [InlineData(-4L)]
    public void A_tensor_that_is_not_as_large_as_it_says_is_refused(long axis) =>
        Assert.Equal("graph_invalid", Assert.Throws<ModelFolderException>(() => Load(Model(g => g.Tensor("weights", [1, 2, 3, 4], axis)), listed: false)).Code);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static byte[] Model(Func<GraphBuilder, string> weights)
    {
        var g = new GraphBuilder("external");
        g.Input("in", ElementType.Real, 4);
        g.Output("out", g.Node("Add", ["in", weights(g)]), ElementType.Real, 4);
        return g.Build();
    }

    private OnnxGraph Load(byte[] model, bool listed)
    {
        var path = Path.Combine(_root, Guid.NewGuid().ToString("N"));
        var folder = new TinyFolder(path).Add(Graph, model);
        var weights = System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>([1, 2, 3, 4]).ToArray();
        if (listed) folder.Add("part/weights.bin", weights);
        else File.WriteAllBytes(Path.Combine(path, "part", "weights.bin"), weights);
        return OnnxGraph.Load(ModelFolder.Open(folder.Finish("external", "text", "")), Graph, new SessionSettings(1), ["in"], ["out"]);
    }
}
