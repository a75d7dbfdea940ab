namespace Niche.Bittensor.Wallets;

/// <summary>Which wallet, and where.</summary>
public sealed record WalletOptions
{
    /// <summary>Folder of all wallets; <c>~</c> is the home folder.</summary>
    public string Path { get; init; } = "~/.bittensor/wallets";

    /// <summary>The wallet: a folder in <see cref="Path"/>.</summary>
    public string Name { get; init; } = "default";

    /// <summary>The hotkey: a file in the wallet's <c>hotkeys</c> folder.</summary>
    public string Hotkey { get; init; } = "default";

    /// <summary>Reads secrets that others can read too, as where secrets are mounted into a container with fixed modes.</summary>
    public bool AllowUnsafePermissions { get; init; }

    /// <summary>Where passwords (<see cref="PasswordVariable"/>) are looked up.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The wallet that BT_WALLET_PATH, BT_WALLET_NAME and BT_WALLET_HOTKEY name, as for the Python SDK.</summary>
    public static WalletOptions FromEnvironment(Func<string, string?>? environment = null)
    {
        var read = environment ?? System.Environment.GetEnvironmentVariable;
        var standard = new WalletOptions { Environment = read };
        return standard with
        {
            Path = Or(read("BT_WALLET_PATH"), standard.Path),
            Name = Or(read("BT_WALLET_NAME"), standard.Name),
            Hotkey = Or(read("BT_WALLET_HOTKEY"), standard.Hotkey),
        };
    }

    /// <summary>The full path of the folder of all wallets.</summary>
    public string Root() => System.IO.Path.GetFullPath(
        Path == "~" || Path.StartsWith("~/", StringComparison.Ordinal)
            ? System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile) + Path[1..]
            : Path);

    private static string Or(string? value, string standard) => string.IsNullOrWhiteSpace(value) ? standard : value;
}
