namespace Niche.Cli;

/// <summary>What the program ends with; part of its interface.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The answer is no: a signature that does not verify, a call that the chain or an axon refused.</summary>
    public const int Refused = 1;

    /// <summary>The command line can not be understood.</summary>
    public const int Usage = 2;

    /// <summary>A wallet, key or password is missing or wrong.</summary>
    public const int Wallet = 3;

    /// <summary>Chain or peer can not be reached, or answered nonsense.</summary>
    public const int Unreachable = 4;

    /// <summary>A fault of this program.</summary>
    public const int Internal = 70;

    /// <summary>Stopped by Ctrl+C.</summary>
    public const int Stopped = 130;
}
