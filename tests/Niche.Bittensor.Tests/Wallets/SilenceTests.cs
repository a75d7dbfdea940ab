using System.Text;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Wallets;

namespace Niche.Bittensor.Tests.Wallets;

/// <summary>What is secret is in no message, however a call fails or a value is printed.</summary>
public sealed class SilenceTests : IDisposable
{
    private const string Phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
    private const string Seed = "fac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e";
    private const string PrivateKey = "05d65584630d16cd4af6d0bec10f34bb504a5dcb62dba2122d49f5a663763d0afd190cce74df356432b410bd64682309d6dedb27c76845daf388557cbac3ca34";
    private const string Password = "Pa55w0rd-nobody-must-see";

    private static readonly string[] Secrets =
        [Seed, PrivateKey[..64], PrivateKey[64..], Password, "basket hold", "obey lake", .. Phrase.Split(' ').Where(word => word.Length > 5)];

    private readonly TemporaryWallets _wallets = new();
    private readonly List<string> _said = [];

    public void Dispose() => _wallets.Dispose();

    [Fact]
    public void No_message_and_no_printed_value_has_a_secret()
    {
        using var key = WalletKey.FromPhrase(Phrase);
        using var pair = key.ToKeypair();
        _said.AddRange([$"{key}", $"{pair}", $"{key.PublicKey}", $"{_wallets.Options}", $"{_wallets.Wallet}", $"{SecretUri.Parse(Phrase + "//x///" + Password)}"]);
        _wallets.Wallet.SaveColdkey(key, Password, KeyfileEncryption.Ansible);

        foreach (var content in Broken()) Try(() => _wallets.File(Encoding.UTF8.GetBytes(content)).Read(Password));
        foreach (var text in Texts()) Try(() => WalletSecret.Parse(text, Password));
        Try(() => WalletSecret.FromEnvironment("KEY", _ => Phrase + " " + Password));
        Try(() => _wallets.Wallet.SaveColdkey(key, Password));
        Try(() => _wallets.Wallet.Coldkey(Password + "x"));
        Try(() => Keypair.FromUri(Phrase + "//" + "///" + Password));
        Try(() => Keypair.FromUri("0x" + Seed + "///" + Password));
        Try(() => Keypair.FromUri("0x" + Seed + "zz"));
        Try(() => PasswordVariable.Decode("BT_PW_X", Password));
        Try(() => new Wallet(_wallets.Options with { Name = "/" + Password }));
        key.Dispose();
        Try(() => key.ToKeypair());

        Assert.True(_said.Count > 25, $"only {_said.Count} messages were looked at");
        Assert.All(_said, text => Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<string> Broken() =>
    [
        $$"""{"secretPhrase":"{{Phrase}} extra"}""",
        $$"""{"secretPhrase":"{{Phrase.Replace("walk", "walc", StringComparison.Ordinal)}}"}""",
        $$"""{"secretPhrase":"{{Phrase.Replace("fit walk", "walk fit", StringComparison.Ordinal)}}"}""",
        $$"""{"secretPhrase":"{{Phrase}}","secretSeed":"0x00{{Seed[2..]}}"}""",
        $$"""{"secretPhrase":"{{Phrase}}" "secretSeed":"{{Seed}}"}""",
        $$"""{"secretPhrase":{{Phrase}}}""",
        $$"""{"secretSeed":"{{Seed}}{{Seed}}"}""",
        $$"""{"secretSeed":["{{Seed}}"]}""",
        $$"""{"privateKey":"0xff{{PrivateKey[2..62]}}ff{{PrivateKey[64..]}}"}""",
        $$"""{"privateKey":"{{PrivateKey}}","ss58Address":"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"}""",
        Phrase,
        "0x" + Seed,
        "$ANSIBLE_VAULT;1.1;AES256\n" + Seed,
        "gAAAA" + Seed,
        "$NACL" + Phrase[..20],
    ];

    private static IEnumerable<string> Texts() =>
        [.. Broken().Take(10), Phrase + " fit", "0x" + Seed[2..], "0x" + PrivateKey[..126] + "zz", Phrase + "/", Phrase + "//a///" + Password + new string('x', 2000)];

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is WalletException or KeyFormatException or ObjectDisposedException)
        {
            _said.Add(e.ToString());
        }
    }

    private void Try(Func<object?> work) => Try(() => { work(); });
}
