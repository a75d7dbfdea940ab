using Niche.Miner;

return await MinerCommand
    .Build("Serves a GPU endpoint to the validators of the subnet through an axon.", (_, options) => MinerHost.Build(options))
    .Parse(args)
    .InvokeAsync();
