using Niche.GpuEndpoint.Models;

namespace Niche.GpuEndpoint.Routes;

/// <summary>A model that is not served: on its way in or out, or failed to come.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Status"><c>loading</c>, <c>failed</c> or <c>leaving</c>.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Code">Code of the error.</param>
/// <param name="Detail">What is wrong.</param>
public sealed record ModelChangeAnswer(string Name, string Status, ModelProgress? Progress = null, string? Code = null, string? Detail = null)
{
    internal static ModelChangeAnswer Of(ModelChange change, ModelProgress? progress) => new(change.Name, change.Status, progress, change.Error?.Code, change.Error?.Message);
}
