namespace Niche.Bots.Commands;

/// <summary>A command.</summary>
/// <param name="Name">1 to 32 characters a-z, the same in every language.</param>
/// <param name="Description">By language tag (<c>en</c>, <c>de</c>...), <c>en</c> always there; 1 to 100 characters each.</param>
/// <param name="Options">At most 25; required ones first.</param>
/// <param name="Answers">Who sees the answer.</param>
/// <param name="ForOperators">Not shown to everybody.</param>
public sealed record CommandSpec(
    string Name, IReadOnlyDictionary<string, string> Description, IReadOnlyList<OptionSpec> Options, AnswerScope Answers = AnswerScope.Everybody,
    bool ForOperators = false)
{
    /// <summary>The option of this name, or null.</summary>
    public OptionSpec? Find(string option) => Options.FirstOrDefault(candidate => candidate.Name == option);
}
