using Niche.Bittensor.Keys;

namespace Niche.Local.Supervision;

/// <summary>Hotkeys of the box, all derived from one mnemonic that lives in the data folder.</summary>
internal sealed class BoxKeys
{
    private readonly string _mnemonic;

    private BoxKeys(string mnemonic) => _mnemonic = mnemonic;

    /// <summary>Secret of the validator's hotkey.</summary>
    public string Validator => _mnemonic + "//validator";

    /// <summary>Reads the mnemonic of the folder, or makes one that only its owner may read.</summary>
    public static BoxKeys Open(string folder)
    {
        string file = Path.Combine(folder, "mnemonic.txt");
        if (!File.Exists(file))
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using StreamWriter writer = new(file, options);
            writer.Write(Mnemonic.Generate());
        }

        return new BoxKeys(File.ReadAllText(file).Trim());
    }

    /// <summary>Secret of a miner's hotkey.</summary>
    public string Miner(int index) => $"{_mnemonic}//miner//{index}";
}
