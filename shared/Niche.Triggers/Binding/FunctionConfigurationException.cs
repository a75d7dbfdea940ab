namespace Niche.Triggers.Binding;

/// <summary>The application cannot start as it is configured. All problems are reported together, each naming its function or
/// its key of host.json.</summary>
public sealed class FunctionConfigurationException : Exception
{
    /// <summary>Collects the problems.</summary>
    public FunctionConfigurationException(IReadOnlyList<string> problems)
        : base($"The functions cannot start; {problems?.Count ?? 0} problem(s):{Environment.NewLine}{string.Join(Environment.NewLine, problems ?? [])}")
    {
        Problems = problems ?? [];
    }

    /// <summary>One line each.</summary>
    public IReadOnlyList<string> Problems { get; }
}
