namespace Niche.Bittensor.Wallets;

/// <summary>What is wrong with a wallet, its files or its password.</summary>
public enum WalletFault
{
    /// <summary>No such file.</summary>
    NotFound,

    /// <summary>The file is there, and nobody asked to replace it.</summary>
    AlreadyExists,

    /// <summary>A wallet or hotkey name that is no plain file name.</summary>
    InvalidName,

    /// <summary>The file is encrypted and no password was given.</summary>
    PasswordNeeded,

    /// <summary>The password does not open the file, or somebody changed the file.</summary>
    WrongPassword,

    /// <summary>The content is none of the known forms.</summary>
    Malformed,

    /// <summary>The file is longer than any wallet file.</summary>
    TooLarge,

    /// <summary>Others can read the secret, or change what is read.</summary>
    UnsafePermissions,

    /// <summary>The file has a public key only.</summary>
    NoSecret,

    /// <summary>Two fields of the file belong to different keys.</summary>
    Mismatch,

    /// <summary>The machine has not the memory that the password function takes (512 MiB for NaCl files).</summary>
    OutOfMemory,

    /// <summary>The operating system refused to read or write.</summary>
    Unreachable,
}
