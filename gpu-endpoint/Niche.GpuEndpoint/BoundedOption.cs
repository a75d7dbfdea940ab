using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Niche.GpuEndpoint;

/// <summary>Whole-number options that say their range when they refuse a value, from the command line or the environment.</summary>
internal static class BoundedOption
{
    public static Option<int> Create(string name, string description, int min, int max, int otherwise, string? variable = null) => new(name)
    {
        Description = description,
        CustomParser = result => Parse(result, name, result.Tokens[0].Value, min, max, otherwise),
        DefaultValueFactory = result => variable is not null && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? Parse(result, variable, text, min, max, otherwise)
            : otherwise,
    };

    private static int Parse(ArgumentResult result, string name, string text, int min, int max, int otherwise)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }
        result.AddError($"{name} takes a whole number from {min} to {max}.");
        return otherwise;
    }
}
