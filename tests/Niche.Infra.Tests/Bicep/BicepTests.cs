using System.Text.Json;
using System.Text.RegularExpressions;

namespace Niche.Infra.Tests.Bicep;

public sealed partial class BicepTests(CompiledTemplate template) : IClassFixture<CompiledTemplate>
{
    private const string StorageBlobDataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
    private const string StorageQueueDataContributor = "974c5e8b-45b9-4653-ba55-5f855dd0fb88";
    private const string StorageTableDataContributor = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";
    private const string KeyVaultSecretsUser = "4633458b-17de-408a-b874-0445c86b69e6";
    private const string KeyVaultSecretsOfficer = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";
    private const string MonitoringMetricsPublisher = "3913510d-42f4-4e42-8a64-420c390055eb";

    [Fact]
    public void The_template_compiles_without_a_warning()
    {
        Assert.Equal("", template.Result.Errors);
        Assert.Equal(0, template.Result.ExitCode);
    }

    [Fact]
    public async Task The_example_parameters_fit_the_template()
    {
        var result = await BicepCompiler.RunAsync("build-params", "--stdout", Repository.PathOf("infra/bicep/main.bicepparam"));

        Assert.Equal("", result.Errors);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void The_linter_is_on_and_no_rule_is_only_a_warning()
    {
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip };
        using var config = JsonDocument.Parse(Repository.Read("infra/bicep/bicepconfig.json"), options);
        var core = config.RootElement.GetProperty("analyzers").GetProperty("core");

        Assert.True(core.GetProperty("enabled").GetBoolean());
        Assert.All(core.GetProperty("rules").EnumerateObject(), rule => Assert.Equal("error", rule.Value.GetProperty("level").GetString()));
    }

    [Fact]
    public void Storage_takes_tokens_only_and_shows_nothing_to_strangers()
    {
        var properties = template.Resource("Microsoft.Storage/storageAccounts").GetProperty("properties");

        Assert.False(properties.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(properties.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.True(properties.GetProperty("supportsHttpsTrafficOnly").GetBoolean());
        Assert.Equal("TLS1_2", properties.GetProperty("minimumTlsVersion").GetString());
        Assert.All(
            template.Resources("Microsoft.Storage/storageAccounts/blobServices/containers"),
            container => Assert.Equal("None", container.GetProperty("properties").GetProperty("publicAccess").GetString()));
    }

    [Fact]
    public void Every_work_queue_has_a_poison_queue()
    {
        string[] work = ["organic-jobs", "synthetic-jobs", "score-jobs", "deliveries", "bot-updates", "bot-progress", "bot-announcements"];

        Assert.Equivalent(work.Concat(work.Select(queue => queue + "-poison")), template.Texts("storage", "queues"), strict: true);
    }

    [Fact]
    public void Every_storage_name_in_the_code_exists_in_the_template()
    {
        string[] rooms = ["shared/Niche.Storage", "functions/Niche.Validator"];
        var names = rooms.SelectMany(room => Directory.EnumerateFiles(Repository.PathOf(room), "*Names.cs", SearchOption.AllDirectories))
            .SelectMany(file => StorageName().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToArray();
        string[] provisioned = [.. template.Texts("storage", "queues"), .. template.Texts("storage", "containers"), .. template.Texts("storage", "tables")];

        Assert.Contains("organic-jobs", names);
        Assert.Contains("verdicts", names);
        Assert.Empty(names.Except(provisioned));
    }

    [Fact]
    public void The_vault_cannot_be_purged_and_uses_roles()
    {
        var properties = template.Resource("Microsoft.KeyVault/vaults").GetProperty("properties");

        Assert.True(properties.GetProperty("enableRbacAuthorization").GetBoolean());
        Assert.True(properties.GetProperty("enableSoftDelete").GetBoolean());
        Assert.True(properties.GetProperty("enablePurgeProtection").GetBoolean());
    }

    [Fact]
    public void The_apps_identity_has_exactly_the_roles_it_needs()
    {
        var storageRoles = template.Module("storage").GetProperty("variables").GetProperty("workerRoles").EnumerateObject().Select(role => role.Value.GetString());

        Assert.Equivalent(new[] { StorageBlobDataOwner, StorageQueueDataContributor, StorageTableDataContributor }, storageRoles, strict: true);
        Assert.Equal(KeyVaultSecretsUser, Variable("vault", "keyVaultSecretsUser"));
        Assert.Equal(KeyVaultSecretsOfficer, Variable("vault", "keyVaultSecretsOfficer"));
        Assert.Equal(MonitoringMetricsPublisher, Variable("telemetry", "monitoringMetricsPublisher"));
        Assert.Equal(4, template.Resources("Microsoft.Authorization/roleAssignments").Count());
        Assert.All(template.Resources("Microsoft.Authorization/roleAssignments"), role => Assert.True(role.TryGetProperty("scope", out _)));
    }

    [Fact]
    public void The_hotkey_reaches_the_app_only_as_a_vault_reference()
    {
        Assert.Equal("securestring", template.Root.GetProperty("parameters").GetProperty("hotkeySecret").GetProperty("type").GetString(), ignoreCase: true);
        Assert.Equal("securestring", template.Module("vault").GetProperty("parameters").GetProperty("hotkeySecret").GetProperty("type").GetString(), ignoreCase: true);
        Assert.False(template.Module("functions").GetProperty("parameters").TryGetProperty("hotkeySecret", out _));
        Assert.StartsWith("[format('@Microsoft.KeyVault(SecretUri={0})'", AppSettings().GetProperty("Validator__HotkeySecret").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_output_and_no_setting_carries_a_secret()
    {
        var outputs = template.Root.GetProperty("outputs").EnumerateObject().Select(output => output.Value.GetRawText());
        var settings = AppSettings().EnumerateObject().Select(setting => setting.Value.GetString() ?? "");

        Assert.All(outputs.Concat(settings), text => Assert.DoesNotContain("listKeys", text, StringComparison.OrdinalIgnoreCase));
        Assert.All(outputs, text => Assert.DoesNotMatch("(?i)secret|connectionString|accountKey", text));
        Assert.All(settings, text => Assert.DoesNotMatch("(?i)AccountKey=|SharedAccessSignature", text));
    }

    [Fact]
    public void The_app_runs_on_flex_consumption_with_dotnet_10_and_deploys_by_identity()
    {
        var config = template.Resource("Microsoft.Web/sites").GetProperty("properties").GetProperty("functionAppConfig");

        Assert.Equal("FC1", template.Resource("Microsoft.Web/serverfarms").GetProperty("sku").GetProperty("name").GetString());
        Assert.Equal("dotnet-isolated", config.GetProperty("runtime").GetProperty("name").GetString());
        Assert.Equal("10.0", config.GetProperty("runtime").GetProperty("version").GetString());
        Assert.Equal("UserAssignedIdentity", config.GetProperty("deployment").GetProperty("storage").GetProperty("authentication").GetProperty("type").GetString());
        Assert.Contains("alwaysReadyHttp", config.GetProperty("scaleAndConcurrency").GetProperty("alwaysReady").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_validator_setting_is_one_that_the_code_reads()
    {
        var options = Repository.Read("functions/Niche.Validator/Configuration/ValidatorOptions.cs");
        var names = AppSettings().EnumerateObject().Select(setting => setting.Name).Where(name => name.StartsWith("Validator__", StringComparison.Ordinal));

        Assert.All(names, name => Assert.Matches($@"\b{name["Validator__".Length..]} {{ get;", options));
    }

    [Fact]
    public void Every_setting_that_a_trigger_names_is_in_the_template()
    {
        var settings = AppSettings().EnumerateObject().Select(setting => setting.Name).ToHashSet();
        var named = Directory.EnumerateFiles(Repository.PathOf("functions/Niche.Functions"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => TriggerSetting().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value.Replace(":", "__", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, settings));
    }

    [Fact]
    public void Every_schedule_has_the_six_fields_that_flex_consumption_wants()
    {
        var schedules = AppSettings().EnumerateObject().Where(setting => setting.Name.StartsWith("Schedules__", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(schedules);
        Assert.All(schedules, schedule => Assert.Equal(6, schedule.Value.GetString()?.Split(' ').Length));
    }

    [Fact]
    public void Every_parameter_and_output_says_what_it_is()
    {
        var items = template.Root.GetProperty("parameters").EnumerateObject().Concat(template.Root.GetProperty("outputs").EnumerateObject());

        Assert.All(items, item => Assert.False(string.IsNullOrWhiteSpace(item.Value.GetProperty("metadata").GetProperty("description").GetString()), item.Name));
    }

    [Fact]
    public void The_guide_explains_every_app_setting()
    {
        var guide = Repository.Read("docs/run-on-azure.md");

        Assert.All(AppSettings().EnumerateObject(), setting => Assert.Contains($"`{setting.Name}`", guide, StringComparison.Ordinal));
    }

    private JsonElement AppSettings() => template.Resource("Microsoft.Web/sites/config").GetProperty("properties");

    private string? Variable(string module, string name) => template.Module(module).GetProperty("variables").GetProperty(name).GetString();

    [GeneratedRegex("""const string \w+ = "([^"]+)";""")]
    private static partial Regex StorageName();

    [GeneratedRegex("Trigger\\(\"%([A-Za-z:_]+)%\"")]
    private static partial Regex TriggerSetting();
}
