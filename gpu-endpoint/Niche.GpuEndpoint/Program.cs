using Niche.GpuEndpoint;

return await EndpointCommand.Build().Parse(args).InvokeAsync();
