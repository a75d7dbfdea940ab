namespace Niche.Bittensor.Scale;

/// <summary>Bytes that are not the SCALE encoding that was asked for, or a value that the asked type can not hold. Says where, what and what was expected.</summary>
public sealed class ScaleFormatException : FormatException
{
    /// <summary>An empty instance.</summary>
    public ScaleFormatException()
    {
    }

    /// <summary>Says what is wrong.</summary>
    public ScaleFormatException(string message)
        : base(message) => What = message;

    /// <summary>Says what is wrong, with its cause.</summary>
    public ScaleFormatException(string message, Exception innerException)
        : base(message, innerException) => What = message;

    /// <summary>Says where, what is wrong and what was expected.</summary>
    public ScaleFormatException(string where, string what, string expected)
        : base($"{where}: {what}; expected {expected}.") => (Where, What, Expected) = (where, what, expected);

    /// <summary>The place: a byte offset, or a path such as <c>SubtensorModule.set_weights.dests[3]</c>.</summary>
    public string Where { get; } = "";

    /// <summary>What was found there.</summary>
    public string What { get; } = "";

    /// <summary>What should have been there.</summary>
    public string Expected { get; } = "";
}
