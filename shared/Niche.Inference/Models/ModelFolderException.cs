namespace Niche.Inference.Models;

/// <summary>A model folder that cannot be used as it lies there.</summary>
public sealed class ModelFolderException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">Stable code: <c>manifest_missing</c>, <c>manifest_invalid</c>, <c>file_missing</c>, <c>file_changed</c>,
    /// <c>path_outside</c>, <c>kind_unexpected</c>, <c>config_invalid</c>, <c>graph_invalid</c>, <c>tokenizer_invalid</c> or <c>tokenizer_unsupported</c>.</param>
    /// <param name="file">The file at fault.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="inner">The cause, if another layer noticed first.</param>
    public ModelFolderException(string code, string file, string message, Exception? inner = null)
        : base($"{file}: {message}", inner)
    {
        Code = code;
        File = file;
    }

    /// <summary>Stable code of the error.</summary>
    public string Code { get; }

    /// <summary>The file at fault.</summary>
    public string File { get; }
}
