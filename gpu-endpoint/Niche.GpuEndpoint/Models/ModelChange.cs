using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Models;

/// <summary>A model on its way in or out.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Root">Its folder.</param>
/// <param name="Status"><c>loading</c>, <c>failed</c> or <c>leaving</c>.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record ModelChange(string Name, string Root, string Status, ModelFolderException? Error = null)
{
    public const string Loading = "loading";
    public const string Failed = "failed";
    public const string Leaving = "leaving";
}
