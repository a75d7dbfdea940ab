using System.Diagnostics.CodeAnalysis;

namespace Niche.Subnet.Errors;

/// <summary>A value, or all the reasons why there is none.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public sealed record Result<T>
    where T : class
{
    private Result(T? value, IReadOnlyList<NicheError> errors) => (Value, Errors) = (value, errors);

    /// <summary>A success.</summary>
    public Result(T value)
        : this(value, []) => ArgumentNullException.ThrowIfNull(value);

    /// <summary>A failure with at least one error.</summary>
    public Result(IReadOnlyList<NicheError> errors)
        : this(null, errors) => ArgumentOutOfRangeException.ThrowIfZero(errors.Count);

    /// <summary>A failure with one error.</summary>
    public Result(NicheError error)
        : this(null, [error])
    {
    }

    /// <summary>The value; null when there are errors.</summary>
    public T? Value { get; }

    /// <summary>Every reason, empty on success.</summary>
    public IReadOnlyList<NicheError> Errors { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsSuccess => Value is not null;

    /// <summary>The value, or a <see cref="NicheException"/> with the first error.</summary>
    public T Require() => Value ?? throw new NicheException(Errors[0]);
}
