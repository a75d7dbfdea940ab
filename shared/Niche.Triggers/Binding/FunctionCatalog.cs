namespace Niche.Triggers.Binding;

/// <summary>All functions of the application, in order of name.</summary>
internal sealed class FunctionCatalog(IEnumerable<FunctionDescriptor> functions)
{
    public IReadOnlyList<FunctionDescriptor> Functions { get; } = [.. functions.OrderBy(f => f.Name, StringComparer.OrdinalIgnoreCase)];
}
