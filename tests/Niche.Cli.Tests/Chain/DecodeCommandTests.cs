using System.Text.Json;
using Niche.Bittensor.Keys;
using Niche.Cli.Tests.Rig;

namespace Niche.Cli.Tests.Chain;

public sealed class DecodeCommandTests : IDisposable
{
    private readonly NicheProgram _niche = new();

    public void Dispose() => _niche.Dispose();

    [Fact]
    public async Task Recorded_extrinsics_come_back_as_call_signer_era_and_hash()
    {
        var vectors = SharedFolder.Find("vectors");
        var recorded = JsonDocument.Parse(File.ReadAllText(Path.Combine(vectors, "bittensor.json"))).RootElement.GetProperty("finney_spec393").GetProperty("extrinsics");
        var metadata = Path.Combine(vectors, "finney_spec393_metadata_v16.scale");
        var first = recorded[1];
        var read = (await _niche.RunWithAsync(first.GetProperty("extrinsic").GetString()!, "decode", "-", "--metadata", metadata, "--json")).Done().Json;
        Assert.Equal(first.GetProperty("extrinsicHash").GetString(), read.GetProperty("hash").GetString());
        using var signer = Keypair.FromUri(first.GetProperty("signer").GetString()!);
        Assert.Equal(signer.Address, read.GetProperty("signer").GetString());
        Assert.Equal("set_weights", read.GetProperty("call").GetProperty("name").GetString());
        Assert.Equal(7, read.GetProperty("call").GetProperty("arguments").GetProperty("netuid").GetInt32());
        var text = (await _niche.RunAsync("decode", first.GetProperty("extrinsic").GetString()!, "--metadata", metadata)).Done().Output;
        Assert.Contains("SubtensorModule.set_weights", text, StringComparison.Ordinal);
        var call = (await _niche.RunAsync("decode", read.GetProperty("call").GetProperty("data").GetString()!, "--call", "--metadata", metadata, "--json")).Done().Json;
        Assert.Equal("set_weights", call.GetProperty("call").GetProperty("name").GetString());
        Assert.StartsWith("niche: ", (await _niche.RunAsync("decode", "0x1234", "--metadata", metadata)).Failed(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_metadata_is_told()
    {
        Assert.Contains("no runtime metadata", (await _niche.RunAsync("decode", "0x00", "--metadata", _niche.File("wrong", "meta-physics"))).Failed(2), StringComparison.Ordinal);
        Assert.Contains("There is no", (await _niche.RunAsync("decode", "0x00", "--metadata", "nowhere")).Failed(2), StringComparison.Ordinal);
        Assert.Contains("hexadecimal", (await _niche.RunAsync("decode", "hello", "--metadata", "nowhere")).Failed(2), StringComparison.Ordinal);
    }
}
