using Microsoft.Extensions.Options;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Wallets;
using Niche.Validator.Configuration;

namespace Niche.Validator.Tests.Configuration;

public sealed class ConfigurationTests
{
    private static readonly string Keyfile = $$"""{"secretSeed":"0x{{new string('1', 64)}}"}""";

    [Fact]
    public void The_hotkey_comes_from_the_setting_or_from_the_file_that_it_names()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Keyfile);
            using Keypair seed = Keypair.FromUri("0x" + new string('1', 64));
            using Keypair fromFile = new HotkeyText(new ValidatorOptions { HotkeyFile = file }).ToKeypair();
            using Keypair fromText = new HotkeyText(new ValidatorOptions { HotkeySecret = Keyfile, HotkeyFile = "not looked at" }).ToKeypair();
            Assert.Equal((seed.Address, seed.Address), (fromFile.Address, fromText.Address));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void What_is_missing_or_no_secret_is_said_without_repeating_it()
    {
        Assert.Equal(WalletFault.NotFound, Assert.Throws<WalletException>(() => new HotkeyText(new ValidatorOptions { HotkeyFile = "/nowhere" })).Fault);
        WalletException fault = Assert.Throws<WalletException>(() => new HotkeyText(new ValidatorOptions { HotkeySecret = "nonsense words" }).ToKeypair());
        Assert.DoesNotContain("nonsense", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("finney")]
    [InlineData("wss://a.example;ws://127.0.0.1:9944")]
    [InlineData("http://127.0.0.1:9944")]
    public void Nodes_and_ledgers_are_chains(string endpoint) => Assert.True(Check(options => options.ChainEndpoint = endpoint).Succeeded);

    [Fact]
    public void A_chain_that_is_none_and_a_way_to_commit_that_is_none_are_named()
    {
        Assert.Contains("Validator:ChainEndpoint", Check(options => options.ChainEndpoint = "mainnet").FailureMessage, StringComparison.Ordinal);
        Assert.Contains("Validator:CommitBy", Check(options => options.CommitBy = Bittensor.Chain.Weights.WeightMethod.Set).FailureMessage, StringComparison.Ordinal);
        Assert.Contains("Validator:HotkeyFile", Check(options => options.HotkeySecret = "").FailureMessage, StringComparison.Ordinal);
    }

    private static ValidateOptionsResult Check(Action<ValidatorOptions> change)
    {
        ValidatorOptions options = new()
        {
            HotkeySecret = "//Alice", ChainEndpoint = "finney", ReferenceEndpoint = new Uri("http://127.0.0.1:1"),
        };
        change(options);
        return new ValidatorOptionsCheck().Validate(null, options);
    }
}
