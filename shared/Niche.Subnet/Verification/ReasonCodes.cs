namespace Niche.Subnet.Verification;

/// <summary>Why a verdict is what it is. Stable: miners, dashboards and tests rely on them.</summary>
public static class ReasonCodes
{
    /// <summary>Verified: the same picture or the same tokens.</summary>
    public const string Match = "match";
    /// <summary>Verified: other tokens than the rerun, but every one plausible to the reference model.</summary>
    public const string PlausibleTokens = "plausible_tokens";

    /// <summary>Wrong: same seed, other settings, for example fewer steps or another guidance scale.</summary>
    public const string OtherSettings = "other_settings";
    /// <summary>Wrong: the same thing painted from another seed, or by a similar model.</summary>
    public const string OtherSeed = "other_seed";
    /// <summary>Wrong: another thing was painted.</summary>
    public const string OtherContent = "other_content";
    /// <summary>Wrong: this very picture was delivered before for another request.</summary>
    public const string Replayed = "replayed";
    /// <summary>Wrong: the picture does not follow the prompt (cheap gate without a rerun).</summary>
    public const string PromptIgnored = "prompt_ignored";
    /// <summary>Wrong: one colour, or nearly.</summary>
    public const string BlankImage = "blank_image";
    /// <summary>Wrong: other tokens than the reference model gives.</summary>
    public const string OtherTokens = "other_tokens";

    /// <summary>Invalid: nothing in the answer field.</summary>
    public const string Empty = "empty_answer";
    /// <summary>Invalid: the picture field is not base64.</summary>
    public const string NotBase64 = "not_base64";
    /// <summary>Invalid: more bytes, pixels or characters than allowed.</summary>
    public const string TooLarge = "too_large";
    /// <summary>Invalid: not a PNG, JPEG or WebP.</summary>
    public const string UnknownFormat = "unknown_format";
    /// <summary>Invalid: another file format than was asked for.</summary>
    public const string WrongFormat = "wrong_format";
    /// <summary>Invalid: the aspect ratio was not asked for.</summary>
    public const string WrongAspect = "wrong_aspect";
    /// <summary>Invalid: the size was not asked for.</summary>
    public const string WrongSize = "wrong_size";
    /// <summary>Invalid: a picture header without a decodable picture.</summary>
    public const string Undecodable = "undecodable";
    /// <summary>Invalid: the answer is not the synapse that was asked for.</summary>
    public const string Malformed = "malformed_answer";
    /// <summary>Invalid: the miner answered with an error.</summary>
    public const string MinerError = "miner_error";
    /// <summary>Invalid: the miner refused the request although it was within quota.</summary>
    public const string Refused = "refused";

    /// <summary>Late.</summary>
    public const string TimedOut = "timed_out";
    /// <summary>Overloaded.</summary>
    public const string Overloaded = "overloaded";
    /// <summary>Unreachable.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>Unverified: this answer was not chosen for scoring; it passed the cheap gate.</summary>
    public const string NotSampled = "not_sampled";
    /// <summary>Unverified: the trusted endpoint gave no reference.</summary>
    public const string NoReference = "no_reference";
    /// <summary>Unverified: the two sets of features cannot be compared.</summary>
    public const string FeatureMismatch = "feature_mismatch";
}
