using System.Reflection;
using System.Text.RegularExpressions;

namespace Niche.Functions.Api.Document;

/// <summary>The HTTP functions of this program, read from their attributes: the same in both heads.</summary>
public static partial class ApiRoutes
{
    private static readonly string[] AnyMethod = ["get"];

    /// <summary>All of them, by name of the function.</summary>
    public static IReadOnlyList<ApiRoute> All { get; } = [.. Find().OrderBy(route => route.Function, StringComparer.Ordinal)];

    private static IEnumerable<ApiRoute> Find()
    {
        foreach (MethodInfo method in typeof(ApiRoutes).Assembly.GetTypes().SelectMany(type => type.GetMethods()))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } function) continue;
            HttpTriggerAttribute? http = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(found => found is not null);
            // What platforms and terminals call is no API of ours.
            if (http?.Route is { } path && !path.StartsWith("bots/", StringComparison.Ordinal)) yield return new ApiRoute(function.Name, "/" + Star().Replace(path, "{"), http.Methods ?? AnyMethod);
        }
    }

    [GeneratedRegex(@"\{\*", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Star();
}
