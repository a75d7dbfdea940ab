namespace Niche.FunctionsHost;

/// <summary>The worker's process ended while something was asked of it.</summary>
public sealed class WorkerGoneException() : Exception("The worker ended.");
