using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Niche.Triggers.Queues;

namespace Niche.Triggers.Hosting;

/// <summary>Reads host.json as it is written for Azure. Settings named <c>AzureFunctionsJobHost:path:to:key</c> (in the
/// environment with <c>__</c>) override it, as in Azure.</summary>
internal sealed class HostJson
{
    private const int MaxBytes = 1 << 20;
    private const string Queues = "extensions:queues:";

    private static readonly string[] Honoured =
    [
        "version", "functionTimeout", "extensions:http:routePrefix", Queues + "batchSize", Queues + "newBatchThreshold",
        Queues + "maxPollingInterval", Queues + "visibilityTimeout", Queues + "maxDequeueCount", Queues + "messageEncoding",
    ];

    // Read by Azure's own host, without meaning for one process on one machine.
    private static readonly string[] AzureOnly =
    [
        "$schema", "logging", "extensionBundle", "managedDependency", "watchDirectories", "watchFiles", "healthMonitor",
        "singleton", "telemetryMode", "extensions:http:customHeaders", "extensions:http:hsts",
        "extensions:http:dynamicThrottlesEnabled", "extensions:http:maxConcurrentRequests", "extensions:http:maxOutstandingRequests",
    ];

    private readonly IConfiguration _json;
    private readonly List<string> _errors;

    private HostJson(IConfiguration json, List<string> errors)
    {
        _json = json;
        _errors = errors;
    }

    /// <summary>Reads a file's text (null: no file).</summary>
    /// <param name="text">The JSON; comments and trailing commas are allowed, as in the real host.</param>
    /// <param name="settings">The application's settings, for overrides.</param>
    /// <param name="development">Development polls at least every 2 seconds, as the real host does.</param>
    /// <param name="errors">Receives one line for each wrong value.</param>
    /// <param name="warnings">Receives one line for each key without effect.</param>
    public static HostSettings Read(
        string? text, IConfiguration settings, bool development, List<string> errors, List<string> warnings)
    {
        var builder = new ConfigurationBuilder();
        try
        {
            if (text is not null)
                builder.AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)));
            builder.AddInMemoryCollection(settings.GetSection("AzureFunctionsJobHost").AsEnumerable(makePathsRelative: true));
            var json = builder.Build();
            Warn(json, warnings);
            return new HostJson(json, errors).ToSettings(settings, development);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidDataException)
        {
            errors.Add($"host.json: not readable as JSON: {e.InnerException?.Message ?? e.Message}");
            return new HostSettings();
        }
    }

    /// <summary>The file's text, or null when it is absent.</summary>
    public static string? Load(string path, List<string> errors)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            return null;
        if (file.Length <= MaxBytes)
            return File.ReadAllText(path);
        errors.Add($"host.json: {file.Length} bytes; at most {MaxBytes} are read.");
        return null;
    }

    /// <summary>logging.logLevel of host.json as settings of .NET's own logging.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> LogLevels(string? text)
    {
        if (text is null)
            yield break;
        var json = new ConfigurationBuilder().AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))).Build();
        foreach (var (key, value) in json.GetSection("logging:logLevel").AsEnumerable(makePathsRelative: true))
        {
            if (value is not null)
                yield return new("Logging:LogLevel:" + key, value);
        }
    }

    private static void Warn(IConfiguration json, List<string> warnings)
    {
        foreach (var (key, value) in json.AsEnumerable())
        {
            if (value is null || Honoured.Any(known => Under(key, known)) || AzureOnly.Any(known => Under(key, known)))
                continue;
            var name = key.Replace(':', '.');
            warnings.Add(key.Equals(Queues + "newBatchSize", StringComparison.OrdinalIgnoreCase)
                ? $"host.json: {name} does not exist and has no effect; the key is newBatchThreshold."
                : $"host.json: {name} is not known here and has no effect.");
        }
    }

    private static bool Under(string key, string known) =>
        key.StartsWith(known, StringComparison.OrdinalIgnoreCase) && (key.Length == known.Length || key[known.Length] == ':');

    private HostSettings ToSettings(IConfiguration settings, bool development)
    {
        var version = Value("version", "\"2.0\"");
        if (version is not null && version != "2.0")
            Wrong("version", "\"2.0\"", version);
        var batchSize = Whole(Queues + "batchSize", 1, 32) ?? 16;
        var dynamicSku = string.Equals(settings["WEBSITE_SKU"], "Dynamic", StringComparison.OrdinalIgnoreCase);
        var polling = Span(Queues + "maxPollingInterval", TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));
        return new HostSettings
        {
            RoutePrefix = Value("extensions:http:routePrefix", "text")?.Trim('/') ?? "api",
            FunctionTimeout = Timeout(),
            Queues = new QueueSettings
            {
                BatchSize = batchSize,
                NewBatchThreshold = Whole(Queues + "newBatchThreshold", 0, 10_000)
                    ?? QueueSettings.DefaultThreshold(batchSize, Environment.ProcessorCount, dynamicSku),
                MaxPollingInterval = development ? TimeSpan.FromSeconds(2) : polling ?? TimeSpan.FromMinutes(1),
                VisibilityTimeout = Span(Queues + "visibilityTimeout", TimeSpan.Zero, TimeSpan.FromDays(7)) ?? TimeSpan.Zero,
                MaxDequeueCount = Whole(Queues + "maxDequeueCount", 1, 100_000) ?? 5,
                MessageEncoding = Encoding(),
            },
        };
    }

    private TimeSpan? Timeout() =>
        _json["functionTimeout"] is "-1"
            ? null
            : Span("functionTimeout", TimeSpan.FromSeconds(1), TimeSpan.FromDays(10)) ?? TimeSpan.FromMinutes(30);

    private MessageEncoding Encoding()
    {
        const string key = Queues + "messageEncoding", wanted = "\"none\" or \"base64\"";
        var value = Value(key, wanted);
        if (value is null || value.Equals("base64", StringComparison.OrdinalIgnoreCase))
            return MessageEncoding.Base64;
        if (!value.Equals("none", StringComparison.OrdinalIgnoreCase))
            Wrong(key, wanted, value);
        return MessageEncoding.None;
    }

    private int? Whole(string key, int min, int max)
    {
        var wanted = string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}");
        var value = Value(key, wanted);
        if (value is null)
            return null;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            return number;
        Wrong(key, wanted, value);
        return null;
    }

    private TimeSpan? Span(string key, TimeSpan min, TimeSpan max)
    {
        var wanted = $"a time from \"{min:c}\" to \"{max:c}\"";
        var value = Value(key, wanted);
        if (value is null)
            return null;
        if (TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var span) && span >= min && span <= max)
            return span;
        Wrong(key, wanted, value);
        return null;
    }

    private string? Value(string key, string wanted)
    {
        var section = _json.GetSection(key);
        if (section.Value is null && section.GetChildren().Any())
            Wrong(key, wanted, "an object or a list");
        return section.Value;
    }

    private void Wrong(string key, string wanted, string value) =>
        _errors.Add($"host.json: {key.Replace(':', '.')} must be {wanted}, but is {value}.");
}
