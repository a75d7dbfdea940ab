using CsCheck;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Vectors;
using Niche.Bittensor.Wallets;

namespace Niche.Bittensor.Tests.Wallets;

public class WalletSecretTests
{
    private const string Phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";

    private static System.Text.Json.JsonElement Recorded => VectorFile.Extract.GetProperty("pythonSide").GetProperty("keyfiles");

    [Theory]
    [InlineData(Phrase, "5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV")]
    [InlineData("//Alice", "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY")]
    [InlineData(Phrase + "//Alice", "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY")]
    [InlineData(" 0xfac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e\n", "5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV")]
    [InlineData(
        "0x05d65584630d16cd4af6d0bec10f34bb504a5dcb62dba2122d49f5a663763d0afd190cce74df356432b410bd64682309d6dedb27c76845daf388557cbac3ca34",
        "5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV")]
    public void A_phrase_a_seed_a_private_key_and_a_uri_are_taken(string text, string address)
    {
        using var key = WalletSecret.Parse(text);
        Assert.Equal(address, key.Address);
        Assert.True(key.HasSecret);
    }

    [Fact]
    public void The_content_of_a_key_file_is_taken_plain_in_base64_and_encrypted()
    {
        const string address = "5HB7kpn92RS7uF9uWn8bXSvPVKFPg8kPUFDd5sbveGjX6Dbi";
        var (plain, ansible) = (Recorded.Text("hotkeyPlain"), Recorded.GetProperty("ansible"));
        Assert.Equal(address, WalletSecret.Parse(plain).Address);
        Assert.Equal(address, WalletSecret.Parse(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(plain))).Address);
        Assert.Equal(address, WalletSecret.Parse(ansible.Text("file"), ansible.Text("password")).Address);
        Assert.Equal(WalletFault.PasswordNeeded, Assert.Throws<WalletException>(() => WalletSecret.Parse(ansible.Text("file"))).Fault);
        Assert.Equal(WalletFault.WrongPassword, Assert.Throws<WalletException>(() => WalletSecret.Parse(ansible.Text("file"), "no")).Fault);
    }

    [Fact]
    public void A_variable_gives_its_key_and_the_one_behind_it_the_password()
    {
        var ansible = Recorded.GetProperty("ansible");
        var set = new Dictionary<string, string> { ["HOTKEY"] = ansible.Text("file"), ["HOTKEY_PASSWORD"] = ansible.Text("password") };
        using var key = WalletSecret.FromEnvironment("HOTKEY", set.GetValueOrDefault);
        Assert.Equal("5HB7kpn92RS7uF9uWn8bXSvPVKFPg8kPUFDd5sbveGjX6Dbi", key.Address);
        Assert.Equal(WalletFault.NotFound, Assert.Throws<WalletException>(() => WalletSecret.FromEnvironment("OTHER", set.GetValueOrDefault)).Fault);
    }

    [Fact]
    public void Text_longer_than_any_key_file_is_refused() =>
        Assert.Equal(WalletFault.TooLarge, Assert.Throws<WalletException>(() => WalletSecret.Parse(new string('a', 70_000))).Fault);

    [Fact]
    public void Any_text_ends_in_a_key_or_a_typed_fault() => Gen.String[0, 200].Sample(text =>
    {
        try
        {
            using var key = WalletSecret.Parse(text);
            return key.HasSecret;
        }
        catch (WalletException)
        {
            return true;
        }
    });
}
