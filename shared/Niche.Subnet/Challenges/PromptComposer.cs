using Niche.Subnet.Rounds;

namespace Niche.Subnet.Challenges;

/// <summary>Composes prompts for the demo picture model without a language model, and beginnings for the prompt model to continue.</summary>
public static class PromptComposer
{
    /// <summary>A whole caption, about 10^6 different ones: "a red lighthouse on the left by the sea at night with a full moon".</summary>
    public static string Compose(SecretRandom random)
    {
        var onWater = random.Next(4) == 0;
        var words = new List<string> { Subject(random, onWater) };
        words.Add(random.Choose(onWater || random.Next(4) == 0 ? SceneWords.Waters : SceneWords.Lands));
        var time = random.Next(3);
        words.Add(random.Choose(time switch { 0 => SceneWords.DayTimes, 1 => SceneWords.EveningTimes, _ => SceneWords.NightTimes }));
        if (random.Next(4) == 0) words.Add(random.Choose(SceneWords.Airs));
        else if (random.Next(3) > 0) words.Add(random.Choose(time == 2 ? SceneWords.NightSkies : SceneWords.DaySkies));
        return string.Join(' ', words);
    }

    /// <summary>A beginning of a few words for the prompt model: "a purple castle on the right".</summary>
    public static string Prefix(SecretRandom random)
    {
        var onWater = random.Next(4) == 0;
        return random.Next(2) == 0 || !onWater
            ? Subject(random, onWater)
            : $"{Subject(random, onWater)} {random.Choose(SceneWords.Waters)}";
    }

    private static string Subject(SecretRandom random, bool onWater)
    {
        if (random.Next(5) == 0)
            return $"{random.Choose(SceneWords.Numbers)} {random.Choose(SceneWords.Colors)} {random.Choose(onWater ? ["boats", "sailboats"] : SceneWords.Many)}";
        var body = !onWater && random.Next(5) == 0
            ? $"{random.Choose(SceneWords.TreeColors)} tree"
            : $"{random.Choose(SceneWords.Colors)} {random.Choose(onWater ? SceneWords.Boats : SceneWords.Things)}";
        var article = "aeiou".Contains(body[0], StringComparison.Ordinal) ? "an" : "a";
        var side = random.Next(2) == 0 ? " " + random.Choose(SceneWords.Sides) : "";
        return $"{article} {body}{side}";
    }
}
