using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Niche.Inference.Models;
using Niche.Inference.Text;

namespace Niche.Inference.Tests.Models;

public sealed class ModelFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("niche-model-").FullName;

    public ModelFolderTests()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(TestData.ModelsDirectory, "niche-prompt-lm")))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }
    }

    public static TheoryData<string, string> Spoilt() => new()
    {
        { "model.onnx", "graph_invalid" },
        { "vocab.json", "config_invalid" },
        { "merges.txt", "tokenizer_invalid" },
        { "config.json", "config_invalid" },
    };

    [Fact]
    public void A_whole_folder_opens_and_two_copies_have_one_digest() =>
        Assert.Equal(TestData.Open("niche-prompt-lm").Digest, ModelFolder.Open(_folder).Digest);

    [Fact]
    public void A_changed_byte_is_noticed_and_the_file_named()
    {
        using (var stream = File.Open(Path.Combine(_folder, "model.onnx"), FileMode.Open))
        {
            stream.Position = 1000;
            var old = stream.ReadByte();
            stream.Position = 1000;
            stream.WriteByte((byte)(old ^ 1));
        }

        AssertRefused("file_changed", "model.onnx");
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        File.Delete(Path.Combine(_folder, "merges.txt"));

        AssertRefused("file_missing", "merges.txt");
    }

    [Fact]
    public void A_missing_manifest_is_named()
    {
        File.Delete(Path.Combine(_folder, "model.json"));

        AssertRefused("manifest_missing", "model.json");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"name":"x"}""")]
    [InlineData("""{"name":"x","kind":"music","version":"1","license":"MIT","files":{}}""")]
    public void A_manifest_that_is_none_is_refused(string json)
    {
        File.WriteAllText(Path.Combine(_folder, "model.json"), json);

        AssertRefused("manifest_invalid", "model.json");
    }

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("/etc/hostname")]
    [InlineData("a/../../secret.txt")]
    public void A_path_out_of_the_folder_is_refused(string path)
    {
        EditManifest(manifest => manifest["files"]![path] = new string('0', 64));

        AssertRefused("path_outside", "");
    }

    [Fact]
    public void A_link_out_of_the_folder_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "creating links needs a privilege on Windows");
        var target = Path.Combine(TestData.ModelsDirectory, "niche-prompt-lm", "model.onnx");
        File.Delete(Path.Combine(_folder, "model.onnx"));
        File.CreateSymbolicLink(Path.Combine(_folder, "model.onnx"), Path.GetFullPath(target));

        AssertRefused("path_outside", "model.onnx");
    }

    [Fact]
    public void A_file_that_the_manifest_does_not_list_is_never_read()
    {
        EditManifest(manifest => manifest["files"]!.AsObject().Remove("model.onnx"));

        var error = Assert.Throws<ModelFolderException>(() => TextGenerator.Load(ModelFolder.Open(_folder), new SessionSettings(1),
            TimeProvider.System));

        Assert.Equal("file_missing", error.Code);
        Assert.EndsWith("model.onnx", error.File, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Spoilt))]
    public void A_well_hashed_but_spoilt_file_gives_a_typed_error_that_names_it(string file, string code)
    {
        File.WriteAllText(Path.Combine(_folder, file), "this is not it");
        EditManifest(manifest => manifest["files"]![file] = HashOf(file));

        var error = Assert.Throws<ModelFolderException>(() => TextGenerator.Load(ModelFolder.Open(_folder), new SessionSettings(1),
            TimeProvider.System));

        Assert.Equal(code, error.Code);
        Assert.EndsWith(file, error.File, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_of_another_kind_is_refused_before_it_runs()
    {
        File.Copy(Path.Combine(TestData.ModelsDirectory, "niche-scenes", "vae_encoder", "model.onnx"), Path.Combine(_folder,
            "model.onnx"), overwrite: true);
        EditManifest(manifest => manifest["files"]!["model.onnx"] = HashOf("model.onnx"));

        var error = Assert.Throws<ModelFolderException>(() => TextGenerator.Load(ModelFolder.Open(_folder), new SessionSettings(1),
            TimeProvider.System));

        Assert.Equal("graph_invalid", error.Code);
        Assert.Contains("input_ids", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void AssertRefused(string code, string file)
    {
        var error = Assert.Throws<ModelFolderException>(() => ModelFolder.Open(_folder));
        Assert.Equal(code, error.Code);
        Assert.EndsWith(file, error.File, StringComparison.Ordinal);
        Assert.Contains(error.File, error.Message, StringComparison.Ordinal);
    }

    private string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder, file))));

    private void EditManifest(Action<JsonNode> edit)
    {
        var path = Path.Combine(_folder, "model.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        edit(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
    }
}
