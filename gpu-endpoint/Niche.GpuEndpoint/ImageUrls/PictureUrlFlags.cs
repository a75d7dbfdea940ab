using System.CommandLine;

namespace Niche.GpuEndpoint.ImageUrls;

/// <summary>The option that lets requests name pictures by address.</summary>
internal static class PictureUrlFlags
{
    private static readonly Option<bool> Allowed = new("--image-urls")
    {
        Description = "Pictures of requests may be https addresses, which this machine then fetches from the public internet. [NICHE_ENDPOINT_IMAGE_URLS]",
        DefaultValueFactory = _ => bool.TryParse(Environment.GetEnvironmentVariable("NICHE_ENDPOINT_IMAGE_URLS"), out var on) && on,
    };

    public static void AddTo(Command command) => command.Add(Allowed);

    public static PictureUrlRules Read(ParseResult parsed) => new() { Allowed = parsed.GetValue(Allowed) };
}
