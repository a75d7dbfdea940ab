using System.Globalization;
using System.Text;
using Niche.Subnet.Policy;

namespace Niche.Functions.Api.Document;

/// <summary>The API in one page of plain text, for language models that have to use it (llmstxt.org).</summary>
public static class LlmsText
{
    /// <summary>Writes the page.</summary>
    public static string Write(SubnetPolicy policy)
    {
        StringBuilder text = new("""
            # NicheFunctions

            > Pictures and texts made by the miners of Bittensor subnet 23 and judged before they are delivered. HTTP and JSON, no key
            > needed unless the operator demands one; a key (Authorization: Bearer niche_...) makes orders those of an account that chats share.
            > Any client of the OpenAI API works with the base address /v1. Everything exact is in /openapi.json.

            Errors are application/problem+json with a stable `code`, every fault of the request under `errors` with the allowed range, and
            `request_id`. Retry what has Retry-After; do not retry other 4xx.

            ## Operations


            """.ReplaceLineEndings("\n"));
        foreach (ApiRoute route in ApiRoutes.All)
        {
            ApiOperation operation = ApiOperations.All.First(known => known.Function == route.Function);
            text.Append(CultureInfo.InvariantCulture, $"- {string.Join(", ", route.Methods).ToUpperInvariant()} {route.Path}: {operation.Summary}\n");
        }

        text.Append("\n## Models\n\n");
        foreach (ModelPolicy model in policy.Models) text.Append(CultureInfo.InvariantCulture, $"- {Describe(model)}\n");
        return text.ToString();
    }

    private static string Describe(ModelPolicy model) => model.Kind == ModelKind.Image
        ? FormattableString.Invariant($"{model.Name}: pictures of {string.Join(", ", model.Sizes)}, steps {Range(model.Steps!)}, up to {model.MaxCount} at once")
        : FormattableString.Invariant($"{model.Name}: texts, tokens {Range(model.MaxTokens!)}");

    private static string Range(IntRange range) => FormattableString.Invariant($"{range.Min} to {range.Max}");
}
