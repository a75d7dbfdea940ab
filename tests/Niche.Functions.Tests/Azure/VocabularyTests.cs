using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Functions.Local;
using Niche.Functions.Tests.Rig;
using Niche.Triggers;

namespace Niche.Functions.Tests.Azure;

/// <summary>
/// The function sources compile against the real worker in the Azure head, whose packages not every machine can restore. So they are held to
/// the words that both sides have.
/// </summary>
public sealed class VocabularyTests
{
    private static readonly Type[] Attributes = [typeof(HttpTriggerAttribute), typeof(QueueTriggerAttribute), typeof(TimerTriggerAttribute)];

    private static IEnumerable<MethodInfo> Functions => typeof(LocalFunctionsHost).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(FunctionAttribute)));

    public static TheoryData<string> Sources => [.. new[] { "Functions", "Api" }
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, "functions/Niche.Functions", folder), "*.cs", SearchOption.AllDirectories))
        .Append(Path.Combine(Repository.Root, "functions/Niche.Functions/Program.cs"))
        .Select(path => Path.GetRelativePath(Repository.Root, path))];

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_source_names_neither_engine_and_no_mode(string path)
    {
        string text = Repository.Read(path);
        foreach (string word in new[] { "Niche.Triggers", "Microsoft.Azure", "Niche.Functions.Local", "#if", "HttpRequestData", "DurableTask" })
            Assert.False(text.Contains(word, StringComparison.Ordinal), $"{path} says {word}, which only one of the heads has.");
    }

    [Fact]
    public void Parameters_are_what_both_engines_bind()
    {
        Type[] plain = [typeof(CancellationToken), typeof(FunctionContext)];
        foreach (MethodInfo method in Functions)
        {
            ParameterInfo[] parameters = method.GetParameters();
            ParameterInfo trigger = Assert.Single(parameters, parameter => parameter.GetCustomAttributes().Any(attribute => Attributes.Contains(attribute.GetType())));
            string route = trigger.GetCustomAttribute<HttpTriggerAttribute>()?.Route ?? "";
            foreach (ParameterInfo parameter in parameters)
            {
                bool fits = parameter == trigger ? FitsTrigger(parameter) : plain.Contains(parameter.ParameterType)
                    || (parameter.ParameterType == typeof(string) && (route.Contains($"{{{parameter.Name}}}", StringComparison.Ordinal) || route.Contains($"{{*{parameter.Name}}}", StringComparison.Ordinal)));
                Assert.True(fits, $"{method.DeclaringType!.Name}.{method.Name}: {parameter.ParameterType.Name} {parameter.Name} is not bound by both engines.");
            }
        }
    }

    [Fact]
    public void Results_are_what_both_engines_take()
    {
        Type[] results = [typeof(Task), typeof(Task<IActionResult>), typeof(IActionResult), typeof(void)];
        Assert.Empty(Functions.Where(method => !results.Contains(method.ReturnType) && !typeof(IActionResult).IsAssignableFrom(method.ReturnType))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name} returns {method.ReturnType.Name}"));
    }

    [Fact]
    public void Classes_are_public_and_methods_have_names_of_their_own()
    {
        Assert.All(Functions, method => Assert.True(method.DeclaringType!.IsPublic && method.IsPublic));
        Assert.All(Functions.GroupBy(method => (method.DeclaringType, method.Name)), group => Assert.Single(group));
    }

    private static bool FitsTrigger(ParameterInfo parameter)
    {
        if (parameter.IsDefined(typeof(HttpTriggerAttribute))) return parameter.ParameterType == typeof(HttpRequest);
        if (parameter.IsDefined(typeof(TimerTriggerAttribute))) return parameter.ParameterType == typeof(TimerInfo);
        return parameter.ParameterType == typeof(string) || parameter.ParameterType is { IsClass: true, IsAbstract: false };
    }
}
