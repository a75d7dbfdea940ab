using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;
using Niche.TinyModels;
using Niche.TinyModels.Onnx;

namespace Niche.Inference.Tests.Models;

/// <summary>Low-rank changes, held against the same arithmetic written out by hand.</summary>
public sealed class LoraTests : IDisposable
{
    private const int In = 3, Out = 2;
    private static readonly float[] Weights = [1, 2, 3, 4, 5, 6];
    private static readonly float[] Down = [0.5f, -1, 2];
    private static readonly float[] Up = [3, -2];
    private readonly string _root = Directory.CreateTempSubdirectory("niche-lora-").FullName;

    [Theory]
    [InlineData("unet.down_blocks.0.attn1.to_q.lora_A.weight", "unet.down_blocks.0.attn1.to_q.lora_B.weight")]
    [InlineData("unet.down_blocks.0.attn1.to_q.lora.down.weight", "unet.down_blocks.0.attn1.to_q.lora.up.weight")]
    [InlineData("lora_unet_down_blocks_0_attn1_to_q.lora_down.weight", "lora_unet_down_blocks_0_attn1_to_q.lora_up.weight")]
    public void A_product_is_changed_under_every_spelling(string down, string up)
    {
        var folder = Folder(Tensors((down, [1, In], Down), (up, [Out, 1], Up)), scale: 0.5);

        var y = Run(folder, [1, 10, 100]);

        Assert.Equal(Expected([1, 10, 100], 0.5f), y);
    }

    [Fact]
    public void Alpha_scales_by_the_rank()
    {
        const string Stem = "lora_unet_down_blocks_0_attn1_to_q";
        var folder = Folder(Tensors(($"{Stem}.lora_down.weight", [1, In], Down), ($"{Stem}.lora_up.weight", [Out, 1], Up), ($"{Stem}.alpha", [], [0.25f])), scale: 1);

        Assert.Equal(Expected([1, 10, 100], 0.25f), Run(folder, [1, 10, 100]));
    }

    [Fact]
    public void Two_of_them_add_up_and_none_of_one_changes_nothing()
    {
        const string Stem = "unet.down_blocks.0.attn1.to_q";
        var lora = Tensors(($"{Stem}.lora_A.weight", [1, In], Down), ($"{Stem}.lora_B.weight", [Out, 1], Up));

        Assert.Equal(Expected([1, 10, 100], 1.5f), Run(Folder(lora, 0.5, 1), [1, 10, 100]));
        Assert.Equal(Expected([1, 10, 100], 0), Run(Folder(lora, 0), [1, 10, 100]));
    }

    [Fact]
    public void A_LoRA_of_another_model_is_refused_by_the_module_that_is_missing()
    {
        var folder = Folder(Tensors(("unet.mid_block.to_k.lora_A.weight", [1, In], Down), ("unet.mid_block.to_k.lora_B.weight", [Out, 1], Up)), scale: 1);

        Assert.Contains("mid_block_to_k", Refusal(folder).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_another_width_is_refused()
    {
        const string Stem = "unet.down_blocks.0.attn1.to_q";
        var folder = Folder(Tensors(($"{Stem}.lora_A.weight", [1, 4], [1, 2, 3, 4]), ($"{Stem}.lora_B.weight", [Out, 1], Up)), scale: 1);

        Assert.Contains("shape", Refusal(folder).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_refused_and_nothing_else_happens() => Gen.Select(Gen.Int[0, 400], Gen.Byte).Sample((at, value) =>
    {
        const string Stem = "unet.down_blocks.0.attn1.to_q";
        var lora = Tensors(($"{Stem}.lora_A.weight", [1, In], Down), ($"{Stem}.lora_B.weight", [Out, 1], Up));
        if (at >= lora.Length) lora = lora[..(at % lora.Length)];
        else lora[at] = value;
        try
        {
            Run(Folder(lora, scale: 1), [1, 2, 3]);
        }
        catch (ModelFolderException e)
        {
            Assert.Equal("lora_invalid", e.Code);
        }
    }, iter: 300);

    [Theory]
    [InlineData("[null]")]
    [InlineData("[{\"scale\":1}]")]
    public void A_manifest_that_names_no_file_is_refused(string loras)
    {
        var folder = new TinyFolder(Path.Combine(_root, Guid.NewGuid().ToString("N"))).Add("unet/model.onnx", [1]);

        Assert.Equal("manifest_invalid", Assert.Throws<ModelFolderException>(() => ModelFolder.Open(folder.Finish("lora", "image", $",\"loras\":{loras}"))).Code);
    }

    [Fact]
    public void Half_precision_is_read_as_it_is()
    {
        var path = Path.Combine(_root, "half.safetensors");
        var half = new byte[4];
        BinaryPrimitives.WriteHalfLittleEndian(half, (Half)1.5);
        BinaryPrimitives.WriteUInt16LittleEndian(half.AsSpan(2), 0xC020);
        var header = Encoding.UTF8.GetBytes("""{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[2,4]}}""");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. header, .. half]);

        var tensors = SafeTensors.Read(path);

        Assert.Equal((1.5f, -2.5f), (tensors["a"].Values[0], tensors["b"].Values[0]));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static float[] Expected(float[] x, float factor)
    {
        // Weights are [in, out], as exporters transpose a linear layer.
        var y = new float[Out];
        for (var o = 0; o < Out; o++)
        {
            for (var i = 0; i < In; i++) y[o] += x[i] * (Weights[(i * Out) + o] + (factor * Up[o] * Down[i]));
        }
        return y;
    }

    private ModelFolder Folder(byte[] lora, params double[] scale)
    {
        var graph = new GraphBuilder("lora");
        graph.Input("x", ElementType.Real, "batch", In);
        graph.Output("y", graph.Named("MatMul", "/down_blocks.0/attn1/to_q/MatMul", ["x", graph.Tensor("onnx::MatMul_17", Weights, In, Out)]), ElementType.Real, "batch", Out);
        var folder = new TinyFolder(Path.Combine(_root, Guid.NewGuid().ToString("N")));
        folder.Add("unet/model.onnx", graph.Build()).Add("style.safetensors", lora);
        var loras = string.Join(',', scale.Select(one => FormattableString.Invariant($$"""{"file":"style.safetensors","scale":{{one}}}""")));
        return ModelFolder.Open(folder.Finish("lora", "image", $$""","loras":[{{loras}}]"""));
    }

    private static ModelFolderException Refusal(ModelFolder folder) => Assert.Throws<ModelFolderException>(() => Run(folder, [1, 2, 3]));

    private static float[] Run(ModelFolder folder, float[] x)
    {
        using var graph = OnnxGraph.Load(folder, "unet/model.onnx", new SessionSettings(1), ["x"], ["y"]);
        using var options = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(x, [1, In]);
        using var outputs = graph.Session.Run(options, ["x"], [input], ["y"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static byte[] Tensors(params (string Name, long[] Shape, float[] Values)[] tensors)
    {
        var data = new MemoryStream();
        var header = new Dictionary<string, object>();
        foreach (var (name, shape, values) in tensors)
        {
            var start = data.Length;
            foreach (var value in values) data.Write(BitConverter.GetBytes(value));
            header[name] = new { dtype = "F32", shape, data_offsets = new[] { start, data.Length } };
        }
        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        return [.. BitConverter.GetBytes((long)json.Length), .. json, .. data.ToArray()];
    }
}
