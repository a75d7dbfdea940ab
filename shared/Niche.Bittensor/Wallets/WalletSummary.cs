namespace Niche.Bittensor.Wallets;

/// <summary>A wallet in a list: names and addresses.</summary>
/// <param name="Name">The wallet.</param>
/// <param name="Coldkey">Address of the coldkey; null when its public file is missing or can not be read.</param>
/// <param name="HasColdkey">Whether the secret file is here too.</param>
/// <param name="Hotkeys">Its hotkeys with their addresses (null where they can not be read), by name.</param>
public sealed record WalletSummary(string Name, string? Coldkey, bool HasColdkey, IReadOnlyList<KeyValuePair<string, string?>> Hotkeys)
{
    private const int MaxEntries = 1000;

    /// <summary>The wallets in a folder, by name; at most a thousand, each with at most a thousand hotkeys. Files that are no wallets are passed over.</summary>
    /// <exception cref="WalletException">The folder can not be read (Unreachable).</exception>
    public static IReadOnlyList<WalletSummary> List(WalletOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var root = new DirectoryInfo(options.Root());
        try
        {
            return root.Exists ? [.. Names(root.EnumerateDirectories()).Select(name => Of(options with { Name = name }))] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WalletException(WalletFault.Unreachable, $"{root.FullName} can not be read: {e.Message}", e);
        }
    }

    private static WalletSummary Of(WalletOptions options)
    {
        var wallet = new Wallet(options);
        var folder = new DirectoryInfo(System.IO.Path.Combine(wallet.Folder, "hotkeys"));
        var hotkeys = folder.Exists ? Names(folder.EnumerateFiles()) : [];
        return new WalletSummary(
            wallet.Name, Try(wallet.ColdkeyPublic), wallet.ColdkeyFile.Exists,
            [.. hotkeys.Select(name => KeyValuePair.Create(name, Try(new Wallet(options with { Hotkey = name }).HotkeyPublic)))]);
    }

    private static IEnumerable<string> Names(IEnumerable<FileSystemInfo> entries) => entries.Select(entry => entry.Name)
        .Where(name => Passes(name)).Take(MaxEntries).Order(StringComparer.Ordinal);

    private static bool Passes(string name)
    {
        try
        {
            WalletName.Check(name, "wallet");
            return true;
        }
        catch (WalletException)
        {
            return false;
        }
    }

    private static string? Try(Func<Keys.PublicKey> read)
    {
        try
        {
            return read().Address;
        }
        catch (WalletException)
        {
            return null;
        }
    }
}
