using System.CommandLine;
using Niche.Cli.Terminal;

namespace Niche.Cli.Weights;

/// <summary><c>niche weights</c>.</summary>
internal static class WeightsCommand
{
    public static Command Create(Shell shell) => new("weights", "What validators give to miners: look, try, set, reveal.")
    {
        ShowCommand.Create(shell),
        DryRunCommand.Create(shell),
        SetCommand.Create(shell),
        RevealCommand.Create(shell),
    };
}
