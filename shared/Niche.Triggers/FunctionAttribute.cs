namespace Niche.Triggers;

/// <summary>Marks a method as a function. The name is unique in the application, compared without case, and is what settings,
/// logs and statistics call it.</summary>
/// <param name="name">A letter, then letters, digits, '_' or '-', 128 characters at most.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    /// <summary>The function's name.</summary>
    public string Name { get; } = name;
}
