using Niche.Cli;
using Niche.Cli.Terminal;

return await NicheCommand.RunAsync(args, Shell.OfProcess());
