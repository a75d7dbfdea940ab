using Niche.Storage.Tests.Processes;

if (args is [ChildVerbs.Marker, ..])
    return await ChildVerbs.RunAsync(args[1..]);

// What xunit.v3 would have generated.
return args.Contains("--server")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, Niche.Storage.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
