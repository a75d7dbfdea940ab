namespace Niche.Bots.Handling;

/// <summary>Answers one command.</summary>
public interface ICommandHandler
{
    /// <summary>Name of the command.</summary>
    string Name { get; }

    /// <summary>Runs it. Everything it does must be safe to do again: a process that dies in the middle has it run a second time.</summary>
    Task RunAsync(Visit visit, CommandInput input, CancellationToken ct);
}
