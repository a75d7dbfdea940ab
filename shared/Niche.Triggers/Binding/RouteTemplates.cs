using Microsoft.AspNetCore.Routing.Patterns;

namespace Niche.Triggers.Binding;

/// <summary>What is read out of route templates.</summary>
internal static class RouteTemplates
{
    /// <summary>Names of the template's parameters; the template is known to be well formed.</summary>
    public static IReadOnlyList<string> Parameters(string route) =>
        [.. RoutePatternFactory.Parse(route).Parameters.Select(p => p.Name)];

    /// <summary>The template with parameter names left out: templates of the same shape match the same paths. Constraints stay, for
    /// they may tell two templates apart.</summary>
    public static string Shape(string route) =>
        string.Join('/', RoutePatternFactory.Parse(route).PathSegments.Select(segment =>
            string.Concat(segment.Parts.Select(part => part switch
            {
                RoutePatternParameterPart p => "{" + string.Join(':', p.ParameterPolicies.Select(c => c.Content)) + (p.IsCatchAll ? "*" : "") + "}",
                RoutePatternLiteralPart l => l.Content,
                RoutePatternSeparatorPart s => s.Content,
                _ => string.Empty,
            }))));
}
