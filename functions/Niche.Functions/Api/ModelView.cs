using System.Text.Json.Serialization;
using Niche.Subnet.Policy;

namespace Niche.Functions.Api;

/// <summary>A model in the shape of the OpenAI API, with what it can do under <c>niche</c>.</summary>
public sealed record ModelView(string Id, [property: JsonPropertyName("object")] string Kind, long Created, string OwnedBy, ModelAbilities Niche)
{
    /// <summary>Makes the view.</summary>
    public static ModelView From(ModelPolicy model, SubnetPolicy policy, IReadOnlyList<string> suggestions) => new(
        model.Name, "model", policy.ValidFrom.ToUnixTimeSeconds(), "subnet-" + policy.Netuid,
        new ModelAbilities(
            model.Kind == ModelKind.Image ? "image" : "text",
            model.Kind == ModelKind.Image ? model.Sizes : null,
            model.Steps, model.Guidance, model.MaxTokens,
            model.Kind == ModelKind.Image ? model.MaxCount : null,
            model.MaxSeed, model.MaxPromptCharacters, suggestions));
}
