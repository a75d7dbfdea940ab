using System.CommandLine;
using Niche.Miner;

// Left to itself the command line ends a process two seconds after it was told to stop, in the middle of what an endpoint paints for it.
return await MinerCommand
    .Build("Serves a GPU endpoint to the validators of the subnet through an axon.", (_, options) => MinerHost.Build(options))
    .Parse(args)
    .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(35) });
