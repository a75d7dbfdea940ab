using System.Runtime.ExceptionServices;

namespace Niche.Inference.Diffusion;

/// <summary>How one picture of several ended.</summary>
/// <param name="Result">The picture, unless it failed.</param>
/// <param name="Error">Why there is none.</param>
public sealed record DiffusionOutcome(DiffusionResult? Result, Exception? Error)
{
    /// <summary>The picture.</summary>
    /// <exception cref="Exception">Why there is none.</exception>
    public DiffusionResult Unwrap()
    {
        if (Error is not null) ExceptionDispatchInfo.Throw(Error);
        return Result!;
    }
}
