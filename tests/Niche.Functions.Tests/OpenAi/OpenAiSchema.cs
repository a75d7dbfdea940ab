using System.Text.Json.Nodes;
using Niche.Functions.Tests.Document;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.OpenAi;

/// <summary>The schemas that OpenAI publishes for its API.</summary>
internal sealed class OpenAiSchema
{
    private readonly JsonNode _document = JsonNode.Parse(File.ReadAllText(Repository.Reference("specs/openai-openapi.json")))!;

    /// <summary>Everything in which the value is not what the schema of this name says.</summary>
    public IReadOnlyList<string> Differences(string schema, JsonNode? value) =>
        DocumentSchema.Differences(_document, _document["components"]!["schemas"]![schema]!, value);
}
