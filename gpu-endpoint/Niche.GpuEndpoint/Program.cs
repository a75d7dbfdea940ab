using System.CommandLine;
using Niche.GpuEndpoint;

// Left to itself the command line ends a process two seconds after it was told to stop, in the middle of what an endpoint has accepted.
return await EndpointCommand.Build().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = new EndpointOptions().Drain + TimeSpan.FromSeconds(10) });
