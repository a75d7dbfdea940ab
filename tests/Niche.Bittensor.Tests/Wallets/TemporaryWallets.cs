using Niche.Bittensor.Wallets;

namespace Niche.Bittensor.Tests.Wallets;

/// <summary>A folder of wallets that goes away, without passwords in its environment.</summary>
internal sealed class TemporaryWallets : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("niche-wallets-");

    public string Root => _root.FullName;

    public WalletOptions Options => new() { Path = Root, Name = "test", Hotkey = "one", Environment = _ => null };

    public Wallet Wallet => new(Options);

    public Keyfile File(byte[] content)
    {
        var path = Path.Combine(Root, Guid.NewGuid().ToString("N"));
        System.IO.File.WriteAllBytes(path, content);
        if (!OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new Keyfile(path, Options);
    }

    public void Dispose() => _root.Delete(recursive: true);
}
