using Niche.Bittensor.Keys;
using Niche.Cli.Tests.Rig;

namespace Niche.Cli.Tests.Wallets;

public sealed class SignatureCommandTests : IDisposable
{
    private const string Alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

    private readonly NicheProgram _niche = new() { Environment = { ["KEY"] = "//Alice" } };

    public void Dispose() => _niche.Dispose();

    [Fact]
    public async Task A_signed_message_verifies_and_another_does_not()
    {
        var signed = (await _niche.RunAsync("wallet", "sign", "hello", "--secret-env", "KEY", "--json")).Done().Json;
        Assert.Equal(Alice, signed.GetProperty("address").GetString());
        var signature = signed.GetProperty("signature").GetString()!;
        Assert.True(Keypair.Verify(Alice, "hello"u8, Convert.FromHexString(signature[2..])));
        Assert.Contains("Good", (await _niche.RunAsync("wallet", "verify", Alice, signature, "hello")).Done().Output, StringComparison.Ordinal);
        var other = await _niche.RunAsync("wallet", "verify", Alice, signature, "hallo", "--json");
        Assert.Equal(1, other.ExitCode);
        Assert.False(other.Json.GetProperty("valid").GetBoolean());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bytes_are_signed_so_that_they_are_no_extrinsic_unless_told(bool bare)
    {
        var signed = (await _niche.RunAsync(["wallet", "sign", "0x0102", "--hex", "--secret-env", "KEY", "--json", .. bare ? ["--bare"] : Array.Empty<string>()])).Done().Json;
        var signature = Convert.FromHexString(signed.GetProperty("signature").GetString()![2..]);
        Assert.Equal(!bare, signed.GetProperty("wrapped").GetBoolean());
        Assert.Equal(!bare, Keypair.Verify(Alice, [.. "<Bytes>"u8, 1, 2, .. "</Bytes>"u8], signature));
        Assert.True(Keypair.Verify(Alice, [1, 2], signature));
        (await _niche.RunAsync("wallet", "verify", Alice, signed.GetProperty("signature").GetString()!, "0x0102", "--hex")).Done();
    }

    [Fact]
    public async Task A_file_is_signed_by_its_bytes()
    {
        var file = _niche.File("report.txt", "two\nlines");
        var signature = (await _niche.RunAsync("wallet", "sign", "--file", file, "--secret-env", "KEY", "--json")).Done().Json.GetProperty("signature").GetString()!;
        (await _niche.RunAsync("wallet", "verify", Alice, signature, "two\nlines")).Done();
        (await _niche.RunAsync("wallet", "verify", Alice, signature, "--file", file)).Done();
    }

    [Theory]
    [InlineData(2, "wallet", "sign", "--secret-env", "KEY")]
    [InlineData(2, "wallet", "sign", "0xzz", "--hex", "--secret-env", "KEY")]
    [InlineData(2, "wallet", "verify", Alice, "0x12zz", "m")]
    [InlineData(3, "wallet", "verify", "nobody", "0x12", "m")]
    [InlineData(3, "wallet", "sign", "m", "--secret-env", "NOTHING")]
    [InlineData(2, "wallet", "verify", Alice)]
    public async Task What_can_not_be_done_is_said_in_one_line(int exitCode, params string[] arguments) => Assert.StartsWith("niche: ", (await _niche.RunAsync(arguments)).Failed(exitCode), StringComparison.Ordinal);
}
