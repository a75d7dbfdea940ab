namespace Niche.Triggers;

/// <summary>What is known of a function before it runs.</summary>
public abstract class FunctionDefinition
{
    /// <summary>Unique to the function.</summary>
    public abstract string Id { get; }

    /// <summary>The name given to <see cref="FunctionAttribute"/>.</summary>
    public abstract string Name { get; }

    /// <summary>Full name of the method: Namespace.Class.Method.</summary>
    public abstract string EntryPoint { get; }

    /// <summary>Path of the assembly that holds the function; empty when it was loaded from memory.</summary>
    public abstract string PathToAssembly { get; }
}
