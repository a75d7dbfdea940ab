using System.CommandLine;
using Niche.Cli.Terminal;

namespace Niche.Cli.Axons;

/// <summary><c>niche axon</c>.</summary>
internal static class AxonCommand
{
    public static Command Create(Shell shell) => new("axon", "Axons: the servers of miners.") { ServeCommand.Create(shell) };
}
