namespace Niche.Inference.Images;

/// <summary>A picture from outside that is not accepted.</summary>
public sealed class ImageException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">Stable code: <c>image_undecodable</c>, <c>image_too_large</c> or <c>image_format</c>.</param>
    /// <param name="message">What is wrong and what is allowed.</param>
    public ImageException(string code, string message)
        : base(message) => Code = code;

    /// <summary>Stable code of the error.</summary>
    public string Code { get; }
}
