namespace Niche.Triggers.Builder;

/// <summary>Entry point of a functions application.</summary>
public static class FunctionsApplication
{
    /// <summary>Begins an application with the defaults of this engine: loopback only, in-memory queues, host.json beside the
    /// program.</summary>
    /// <param name="args">Command line; <c>--urls</c> and any setting are understood.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
