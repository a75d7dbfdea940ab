namespace Niche.Bittensor.Wallets;

/// <summary>How a key file is protected.</summary>
public enum KeyfileEncryption
{
    /// <summary>Not at all: JSON, as hotkeys are kept.</summary>
    None,

    /// <summary>btwallet's present form: Argon2i (512 MiB, seconds) and NaCl's secretbox.</summary>
    Nacl,

    /// <summary>Ansible Vault 1.1, as bittensor 5 to 7 wrote it: PBKDF2 with 10,000 rounds only, so give it a long password.</summary>
    Ansible,

    /// <summary>Fernet, the oldest form: PBKDF2 with 10,000,000 rounds. btwallet 4.0.0 itself can not open it any more.</summary>
    Fernet,
}
