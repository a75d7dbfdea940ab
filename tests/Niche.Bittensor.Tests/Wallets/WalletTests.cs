using Niche.Bittensor.Keys;
using Niche.Bittensor.Wallets;

namespace Niche.Bittensor.Tests.Wallets;

public sealed class WalletTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryWallets _wallets = new();

    public void Dispose() => _wallets.Dispose();

    [Fact]
    public void A_wallet_lies_where_python_looks_for_it_and_belongs_to_its_owner_alone()
    {
        using var cold = WalletKey.Create();
        using var hot = WalletKey.Create();
        Wallet wallet = new(_wallets.Options with { Path = Path.Combine(_wallets.Root, "new", "wallets") });
        wallet.SaveHotkey(hot);
        wallet.SaveColdkey(cold, "p", KeyfileEncryption.Ansible);

        string[] expected = ["new/wallets/test/coldkey", "new/wallets/test/coldkeypub.txt", "new/wallets/test/hotkeys/one", "new/wallets/test/hotkeys/onepub.txt"];
        var files = Directory.GetFiles(_wallets.Root, "*", SearchOption.AllDirectories);
        Assert.Equal(expected, files.Select(file => Path.GetRelativePath(_wallets.Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        if (OperatingSystem.IsWindows()) return;
        Assert.All(files.Select(File.GetUnixFileMode), mode => Assert.Equal(OwnerOnly, mode));
        var folders = Directory.GetDirectories(_wallets.Root, "*", SearchOption.AllDirectories);
        Assert.All(folders.Select(File.GetUnixFileMode), mode => Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, mode));
    }

    [Fact]
    public void Keys_come_back_with_their_public_halves()
    {
        using var cold = WalletKey.Create();
        using var hot = WalletKey.FromKeypair(Keypair.FromUri("//Alice//hot"));
        _wallets.Wallet.SaveColdkey(cold, "p", KeyfileEncryption.Ansible);
        _wallets.Wallet.SaveHotkey(hot);
        using var coldkey = _wallets.Wallet.Coldkey("p");
        using var hotkey = _wallets.Wallet.Hotkey();
        Assert.Equal((cold.Address, hot.Address), (coldkey.Address, hotkey.Address));
        Assert.Equal((cold.PublicKey, hot.PublicKey), (_wallets.Wallet.ColdkeyPublic(), _wallets.Wallet.HotkeyPublic()));
        File.Delete(_wallets.Wallet.HotkeyPublicFile.Path);
        Assert.Equal(hot.PublicKey, _wallets.Wallet.HotkeyPublic());
    }

    [Fact]
    public void Nothing_is_replaced_unless_asked_for()
    {
        using var first = WalletKey.Create();
        using var second = WalletKey.Create();
        _wallets.Wallet.SaveHotkey(first);
        Fails(WalletFault.AlreadyExists, () => _wallets.Wallet.SaveHotkey(second));
        Assert.Equal(first.PublicKey, _wallets.Wallet.HotkeyPublic());
        File.Delete(_wallets.Wallet.HotkeyFile.Path);
        Fails(WalletFault.AlreadyExists, () => _wallets.Wallet.SaveHotkey(second));
        _wallets.Wallet.SaveHotkey(second, overwrite: true);
        Assert.Equal(second.PublicKey, _wallets.Wallet.HotkeyPublic());
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_wallets.Wallet.Folder, "hotkeys")).Length);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_secret_that_others_can_read_or_change_is_refused_unless_allowed(UnixFileMode more)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix file modes.");
        using var key = WalletKey.Create();
        _wallets.Wallet.SaveHotkey(key);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_wallets.Wallet.HotkeyFile.Path, OwnerOnly | more);
        Fails(WalletFault.UnsafePermissions, () => _wallets.Wallet.Hotkey());
        using var allowed = new Wallet(_wallets.Options with { AllowUnsafePermissions = true }).Hotkey();
        Assert.Equal(key.Address, allowed.Address);
    }

    [Fact]
    public void A_folder_that_everybody_can_write_to_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix file modes.");
        using var key = WalletKey.Create();
        _wallets.Wallet.SaveHotkey(key);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(_wallets.Wallet.Folder, "hotkeys"), (UnixFileMode)0x1FF);
        Fails(WalletFault.UnsafePermissions, () => _wallets.Wallet.Hotkey());
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("../other")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("/etc")]
    [InlineData(".hidden")]
    [InlineData("-rf")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("onepub.txt")]
    [InlineData("a-name-that-is-much-longer-than-anybody-would-ever-want-to-type-in-here")]
    public void A_name_is_no_path(string name)
    {
        Fails(WalletFault.InvalidName, () => new Wallet(_wallets.Options with { Name = name }));
        Fails(WalletFault.InvalidName, () => new Wallet(_wallets.Options with { Hotkey = name }));
    }

    [Fact]
    public void What_is_not_there_is_told_by_its_path() => Assert.Contains(
        Path.Combine("hotkeys", "one"), Assert.Throws<WalletException>(() => _wallets.Wallet.Hotkey()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_folder_in_the_place_of_a_file_is_told()
    {
        Directory.CreateDirectory(_wallets.Wallet.HotkeyFile.Path);
        Fails(WalletFault.Unreachable, () => _wallets.Wallet.Hotkey());
    }

    [Fact]
    public void The_environment_names_the_wallet_as_for_python()
    {
        var set = new Dictionary<string, string> { ["BT_WALLET_PATH"] = "/srv/wallets", ["BT_WALLET_NAME"] = "mine", ["BT_WALLET_HOTKEY"] = "" };
        var options = WalletOptions.FromEnvironment(set.GetValueOrDefault);
        Assert.Equal(("/srv/wallets", "mine", "default"), (options.Path, options.Name, options.Hotkey));
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal(Path.Combine(home, ".bittensor", "wallets"), WalletOptions.FromEnvironment(_ => null).Root());
    }

    [Fact]
    public void A_password_comes_from_its_variable()
    {
        using var key = WalletKey.Create();
        _wallets.Wallet.SaveColdkey(key, "from outside", KeyfileEncryption.Ansible);
        var variable = PasswordVariable.NameFor(_wallets.Wallet.ColdkeyFile.Path);
        var value = PasswordVariable.Encode(variable, "from outside");
        using var coldkey = new Wallet(_wallets.Options with { Environment = name => name == variable ? value : null }).Coldkey();
        Assert.Equal(key.Address, coldkey.Address);
        Fails(WalletFault.PasswordNeeded, () => _wallets.Wallet.Coldkey());
    }

    [Fact]
    public void A_list_names_what_is_there_and_passes_over_the_rest()
    {
        using var cold = WalletKey.Create();
        using var hot = WalletKey.Create();
        _wallets.Wallet.SaveColdkey(cold, "p", KeyfileEncryption.Ansible);
        _wallets.Wallet.SaveHotkey(hot);
        File.WriteAllText(Path.Combine(_wallets.Wallet.Folder, "hotkeys", "broken"), "nothing");
        Directory.CreateDirectory(Path.Combine(_wallets.Root, ".cache"));
        var only = Assert.Single(WalletSummary.List(_wallets.Options));
        Assert.Equal(("test", cold.Address, true), (only.Name, only.Coldkey, only.HasColdkey));
        Assert.Equal([KeyValuePair.Create("broken", (string?)null), KeyValuePair.Create("one", (string?)hot.Address)], only.Hotkeys);
        Assert.Empty(WalletSummary.List(_wallets.Options with { Path = Path.Combine(_wallets.Root, "nowhere") }));
    }

    private static void Fails(WalletFault fault, Func<object?> work) => Assert.Equal(fault, Assert.Throws<WalletException>(work).Fault);

    private static void Fails(WalletFault fault, Action work) => Assert.Equal(fault, Assert.Throws<WalletException>(work).Fault);
}
