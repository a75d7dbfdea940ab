using System.Text.Json;

namespace Niche.GpuEndpoint.Requests;

/// <summary>Strings of a JSON document as .NET strings.</summary>
internal static class JsonText
{
    /// <summary>The string, or null when the element is none or escapes half of a surrogate pair, which no UTF-8 text can hold.</summary>
    public static string? Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String) return null;
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
