using System.Globalization;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Texts;

/// <summary>Something that a person must be told, before it is known in which language: a key of the text book and what fills it.</summary>
/// <param name="Key">Key.</param>
/// <param name="Fillings">Fillings.</param>
public sealed record Notice(string Key, params IReadOnlyList<Filling> Fillings)
{
    /// <summary>What an error of the subnet says in the chat: <c>error.CODE</c>, with the allowed range.</summary>
    public static Notice Of(NicheError error)
    {
        // Why a picture cannot be used has no range; what can be used is said instead.
        if (error is { Code: ErrorCodes.InvalidParameter, Parameter: "image" })
            return new Notice("error.input-picture", Filling.Of("max", JobRequestValidator.MaxPictureBytes / 1024 / 1024));
        string values = error.Allowed is { Values: { } list } ? string.Join(", ", list) : "";
        return new Notice(
            "error." + error.Code,
            Filling.Of("parameter", error.Parameter ?? ""), Filling.Of("min", Number(error.Allowed?.Min)), Filling.Of("max", Number(error.Allowed?.Max)),
            Filling.Of("values", values), Filling.Of("seconds", Number(error.RetryAfter?.TotalSeconds ?? 60)));
    }

    private static string Number(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";
}
