using Niche.Bittensor.Keys;
using Niche.Bittensor.Wallets;
using Niche.Cli.Tests.Rig;

namespace Niche.Cli.Tests.Wallets;

public sealed class WalletCommandTests : IDisposable
{
    private const string Phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
    private const string Address = "5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV";
    private const string Password = "a long pass phrase";

    private readonly NicheProgram _niche = new() { Environment = { ["PW"] = Password, ["PHRASE"] = Phrase } };

    public void Dispose() => _niche.Dispose();

    [Fact]
    public async Task A_created_wallet_has_keys_that_its_phrases_bring_back()
    {
        var made = (await _niche.RunAsync("wallet", "create", "--wallet", "miner", "--hotkey", "one", "--password-env", "PW", "--form", "ansible", "--words", "24", "--json")).Done().Json;
        Wallet wallet = new(new WalletOptions { Path = _niche.Wallets, Name = "miner", Hotkey = "one" });
        using var cold = wallet.Coldkey(Password);
        using var hot = wallet.Hotkey();
        foreach (var (name, pair) in new[] { ("coldkey", cold), ("hotkey", hot) })
        {
            Assert.Equal(pair.Address, made.GetProperty(name).GetProperty("address").GetString());
            var phrase = made.GetProperty(name).GetProperty("phrase").GetString()!;
            Assert.Equal(24, phrase.Split(' ').Length);
            using var again = Keypair.FromMnemonic(phrase);
            Assert.Equal(pair.Address, again.Address);
        }

        Assert.Equal(wallet.ColdkeyPublic().Address, cold.Address);
    }

    [Fact]
    public async Task A_created_wallet_shows_every_word_once_with_a_warning_beside_it()
    {
        var made = (await _niche.RunAsync("wallet", "create", "--wallet", "miner", "--only", "hotkey")).Done();
        using var key = new Wallet(new WalletOptions { Path = _niche.Wallets, Name = "miner" }).HotkeyFile.Read();
        foreach (var (at, word) in key.Phrase!.Split(' ').Index()) Assert.Contains($"{at + 1,2} {word}", made.Output, StringComparison.Ordinal);
        Assert.Contains("Write these words down", made.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Phrase.Split(' ')[0] + " " + key.Phrase.Split(' ')[1], (await _niche.RunAsync("wallet", "show", "--wallet", "miner")).Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_replaced_without_being_asked_for()
    {
        await _niche.RunAsync("wallet", "import", "hotkey", "--from-env", "PHRASE");
        Assert.Contains("--overwrite", (await _niche.RunAsync("wallet", "create", "--only", "hotkey")).Failed(3), StringComparison.Ordinal);
        Assert.Contains("--overwrite", (await _niche.RunAsync("wallet", "import", "hotkey", "--from-env", "PHRASE")).Failed(3), StringComparison.Ordinal);
        Assert.Contains(Address, (await _niche.RunAsync("wallet", "show")).Done().Output, StringComparison.Ordinal);
        (await _niche.RunAsync("wallet", "create", "--only", "hotkey", "--overwrite", "--json")).Done();
        Assert.DoesNotContain(Address, (await _niche.RunAsync("wallet", "show")).Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_keyboard_and_a_variable_the_password_is_asked_for_in_words()
    {
        Assert.Contains("--password-env", (await _niche.RunAsync("wallet", "create")).Failed(3), StringComparison.Ordinal);
        Assert.Contains("OTHER", (await _niche.RunAsync("wallet", "create", "--password-env", "OTHER")).Failed(3), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_niche.Wallets));
    }

    [Fact]
    public async Task An_imported_key_is_listed_and_shown()
    {
        var written = (await _niche.RunAsync("wallet", "import", "coldkey", "--from-env", "PHRASE", "--password-env", "PW", "--form", "ansible", "--json")).Done().Json;
        Assert.Equal(Address, written.GetProperty("address").GetString());
        await _niche.RunAsync("wallet", "regen", "hotkey", "--hotkey", "two", "--from-env", "PHRASE");
        var only = Assert.Single((await _niche.RunAsync("wallet", "list", "--json")).Done().Json.EnumerateArray().ToArray());
        Assert.Equal(("default", Address, true), (only.GetProperty("wallet").GetString(), only.GetProperty("coldkey").GetString(), only.GetProperty("has_coldkey").GetBoolean()));
        Assert.Equal("two", Assert.Single(only.GetProperty("hotkeys").EnumerateArray().ToArray()).GetProperty("name").GetString());
        var shown = (await _niche.RunAsync("wallet", "show", "--hotkey", "two")).Done().Output;
        Assert.Contains("encrypted, ansible", shown, StringComparison.Ordinal);
        Assert.Contains("(plain)", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wallet_or_key_that_is_not_there_is_told_in_one_line()
    {
        Assert.Contains("niche wallet create", (await _niche.RunAsync("wallet", "show", "--wallet", "nobody")).Failed(3), StringComparison.Ordinal);
        Assert.Contains("hotkeys", (await _niche.RunAsync("wallet", "sign", "hello")).Failed(3), StringComparison.Ordinal);
        Assert.Contains("There are no wallets", (await _niche.RunAsync("wallet", "list")).Done().Output, StringComparison.Ordinal);
        Assert.Contains("name", (await _niche.RunAsync("wallet", "show", "--wallet", "../../etc")).Failed(3), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_stands_in_any_output_but_that_of_create()
    {
        string[][] runs =
        [
            ["wallet", "import", "coldkey", "--from-env", "PHRASE", "--password-env", "PW", "--form", "ansible"],
            ["wallet", "import", "hotkey", "--from-env", "PHRASE", "--json"],
            ["wallet", "import", "hotkey", "--from-env", "BROKEN", "--overwrite"],
            ["wallet", "sign", "hello", "--coldkey", "--password-env", "WRONG"],
            ["wallet", "sign", "hello", "--coldkey", "--password-env", "PW"],
            ["wallet", "sign", "hello", "--secret-env", "BROKEN", "--json"],
            ["wallet", "show"],
            ["wallet", "list"],
        ];
        _niche.Environment["BROKEN"] = Phrase + " extra";
        _niche.Environment["WRONG"] = "another pass phrase";
        foreach (var run in runs)
        {
            var ended = await _niche.RunAsync(run);
            foreach (var secret in new[] { "curtain", "lonely", Password, "another pass", "fac7959d" })
                Assert.DoesNotContain(secret, ended.Output + ended.Error, StringComparison.OrdinalIgnoreCase);
        }
    }
}
