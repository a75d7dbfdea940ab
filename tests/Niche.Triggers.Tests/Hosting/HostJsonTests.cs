using CsCheck;
using Microsoft.Extensions.Configuration;
using Niche.Triggers.Hosting;
using Niche.Triggers.Queues;

namespace Niche.Triggers.Tests.Hosting;

public sealed class HostJsonTests
{
    private readonly List<string> _errors = [];
    private readonly List<string> _warnings = [];

    [Fact]
    public void A_file_written_for_azure_is_read_as_it_is()
    {
        var settings = Read("""
            { // as in the documentation
              "version": "2.0", "functionTimeout": "00:10:00",
              "extensions": { "http": { "routePrefix": "" },
                "queues": { "batchSize": 4, "newBatchThreshold": 3, "maxPollingInterval": "00:00:05", "visibilityTimeout": "00:00:30",
                            "maxDequeueCount": 7, "messageEncoding": "none", } },
              "logging": { "logLevel": { "default": "Information" }, "applicationInsights": { "samplingSettings": { "isEnabled": true } } },
              "extensionBundle": { "id": "x" } }
            """);
        Assert.Empty(_errors);
        Assert.Empty(_warnings);
        Assert.Equal(("", TimeSpan.FromMinutes(10)), (settings.RoutePrefix, settings.FunctionTimeout));
        Assert.Equal(
            new QueueSettings
            {
                BatchSize = 4, NewBatchThreshold = 3, MaxPollingInterval = TimeSpan.FromSeconds(5), VisibilityTimeout = TimeSpan.FromSeconds(30),
                MaxDequeueCount = 7, MessageEncoding = MessageEncoding.None,
            },
            settings.Queues);
    }

    [Fact]
    public void Without_a_file_the_defaults_are_those_of_the_real_extension()
    {
        var settings = Read(null, "WEBSITE_SKU=Dynamic");
        Assert.Equal(("api", TimeSpan.FromMinutes(30)), (settings.RoutePrefix, settings.FunctionTimeout));
        Assert.Equal(
            new QueueSettings { BatchSize = 16, NewBatchThreshold = 8, MaxPollingInterval = TimeSpan.FromMinutes(1), MaxDequeueCount = 5, MessageEncoding = MessageEncoding.Base64 },
            settings.Queues);
        Assert.Equal(8 * Environment.ProcessorCount, Read(null).Queues.NewBatchThreshold);
    }

    [Fact]
    public void Development_polls_every_two_seconds() =>
        Assert.Equal(TimeSpan.FromSeconds(2), HostJson.Read(null, new ConfigurationBuilder().Build(), development: true, _errors, _warnings).Queues.MaxPollingInterval);

    [Fact]
    public void A_setting_overrides_the_file()
    {
        var settings = Read("""{ "extensions": { "queues": { "batchSize": 4 } } }""", "AzureFunctionsJobHost:extensions:queues:batchSize=9");
        Assert.Equal(9, settings.Queues.BatchSize);
    }

    [Fact]
    public void No_timeout_is_written_minus_one() => Assert.Null(Read("""{ "functionTimeout": "-1" }""").FunctionTimeout);

    [Theory]
    [InlineData("""{ "extensions": { "queues": { "batchSize": "many" } } }""", "extensions.queues.batchSize must be a whole number from 1 to 32, but is many")]
    [InlineData("""{ "extensions": { "queues": { "batchSize": 33 } } }""", "extensions.queues.batchSize")]
    [InlineData("""{ "extensions": { "queues": { "batchSize": { "a": 1 } } } }""", "extensions.queues.batchSize must be a whole number from 1 to 32, but is an object")]
    [InlineData("""{ "extensions": { "queues": { "newBatchThreshold": -1 } } }""", "extensions.queues.newBatchThreshold")]
    [InlineData("""{ "extensions": { "queues": { "maxDequeueCount": 0 } } }""", "extensions.queues.maxDequeueCount")]
    [InlineData("""{ "extensions": { "queues": { "visibilityTimeout": "8.00:00:00" } } }""", "extensions.queues.visibilityTimeout")]
    [InlineData("""{ "extensions": { "queues": { "maxPollingInterval": "00:00:00.01" } } }""", "extensions.queues.maxPollingInterval")]
    [InlineData("""{ "extensions": { "queues": { "messageEncoding": "gzip" } } }""", "extensions.queues.messageEncoding must be \"none\" or \"base64\"")]
    [InlineData("""{ "functionTimeout": true }""", "functionTimeout")]
    [InlineData("""{ "version": "1.0" }""", "version must be \"2.0\"")]
    [InlineData("""{ "version": """, "not readable as JSON")]
    [InlineData("[]", "not readable as JSON")]
    public void A_wrong_value_is_an_error_that_names_its_key(string text, string expected)
    {
        Read(text);
        Assert.Contains(expected, Assert.Single(_errors), StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_values_are_reported_together()
    {
        Read("""{ "functionTimeout": "x", "extensions": { "queues": { "batchSize": "y", "messageEncoding": "z" } } }""");
        Assert.Equal(3, _errors.Count);
    }

    [Theory]
    [InlineData("""{ "extensions": { "queues": { "newBatchSize": 4 } } }""", "the key is newBatchThreshold")]
    [InlineData("""{ "extensions": { "queues": { "batchsizes": 4 } } }""", "extensions.queues.batchsizes is not known")]
    [InlineData("""{ "functionTimout": "00:10:00" }""", "functionTimout is not known")]
    public void A_key_without_effect_is_a_warning(string text, string expected)
    {
        Read(text);
        Assert.Empty(_errors);
        Assert.Contains(expected, Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_levels_become_settings_of_logging() =>
        Assert.Contains(
            new KeyValuePair<string, string?>("Logging:LogLevel:Function.Submit", "Warning"),
            HostJson.LogLevels("""{ "logging": { "logLevel": { "Function.Submit": "Warning" } } }"""));

    [Fact]
    public void No_text_whatever_makes_the_reader_throw()
    {
        Gen.String.Sample(text => HostJson.Read(text, new ConfigurationBuilder().Build(), false, [], []) is not null);
    }

    private HostSettings Read(string? text, params string[] settings) =>
        HostJson.Read(
            text,
            new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => s.Split('=')).ToDictionary(p => p[0], p => (string?)p[1])).Build(),
            development: false, _errors, _warnings);
}
