using Microsoft.Extensions.Hosting;

namespace Niche.Local.Supervision;

/// <summary>Ends a role when the box that started it is gone: then the pipe on standard input reports its end.</summary>
internal static class ParentWatch
{
    /// <summary>Watches until the host stops.</summary>
    public static void Attach(IHostApplicationLifetime lifetime)
    {
        Thread watch = new(() =>
        {
            Stream input = Console.OpenStandardInput();
            Span<byte> buffer = stackalloc byte[64];
            while (input.Read(buffer) > 0)
            {
                // Whatever comes is no message; only the end counts.
            }

            lifetime.StopApplication();
        }) { IsBackground = true, Name = "parent watch" };
        watch.Start();
    }
}
