using CsCheck;

namespace Niche.Bittensor.Tests.Keys;

/// <summary>One of a few texts, each as likely as the others.</summary>
internal static class OneOfText
{
    public static Gen<string> Gen(params string[] texts) => CsCheck.Gen.Int[0, texts.Length - 1].Select(at => texts[at]);
}
