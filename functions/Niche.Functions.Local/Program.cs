using Niche.Functions.Local;

return await LocalCommand.Create().Parse(args).InvokeAsync();
