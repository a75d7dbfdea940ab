using Microsoft.Extensions.Configuration;

namespace Niche.Triggers.Hosting;

/// <summary>Names that are looked up in the application's settings.</summary>
internal sealed class SettingNames(IConfiguration settings)
{
    private const string DefaultConnection = "AzureWebJobsStorage";

    /// <summary>Replaces every <c>%Setting%</c>; adds to <paramref name="problems"/> what is missing.</summary>
    public string Expand(string text, List<string> problems)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        var parts = text.Split('%');
        if (parts.Length % 2 == 0)
        {
            problems.Add($"'{text}' has a single '%'; a setting is written %Name%.");
            return text;
        }

        for (var i = 1; i < parts.Length; i += 2)
        {
            var value = settings[parts[i].Replace("__", ":", StringComparison.Ordinal)] ?? settings[parts[i]];
            if (string.IsNullOrEmpty(value))
                problems.Add($"'{text}' needs the setting '{parts[i]}', which is not set.");
            parts[i] = value ?? string.Empty;
        }

        return string.Concat(parts);
    }

    /// <summary>The name of the connection that an attribute means.</summary>
    public string Connection(string? written, List<string> problems) =>
        string.IsNullOrWhiteSpace(written) ? DefaultConnection : Expand(written, problems);

    /// <summary><c>AzureWebJobs.{function}.Disabled</c>; also with '_', because some shells allow no '.' in a name.</summary>
    public bool IsDisabled(string function)
    {
        var value = settings[$"AzureWebJobs.{function}.Disabled"] ?? settings[$"AzureWebJobs_{function}_Disabled"];
        return value is "1" || string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
    }
}
