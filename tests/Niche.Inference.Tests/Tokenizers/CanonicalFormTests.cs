using Niche.Inference.Tokenizers.Unicode;

namespace Niche.Inference.Tests.Tokenizers;

/// <summary>Form C against Python's unicodedata (<c>Fixtures/make_nfc.py</c>).</summary>
public sealed class CanonicalFormTests
{
    private readonly CanonicalForm _form = new();

    [Fact]
    public void Texts_are_composed_as_the_standard_says() => Assert.All(TestData.Json("Fixtures/nfc.json").EnumerateArray(), row =>
        Assert.Equal(row[1].GetString(), _form.Compose(row[0].GetString()!)));

    [Fact]
    public void A_hostile_row_of_marks_is_composed()
    {
        // Out of order, so that every one of them moves.
        var composed = _form.Compose("a" + string.Concat(Enumerable.Repeat("\u0301\u0323", 50_000)));

        Assert.Equal(('\u1ea1', 99_999 + 1), (composed[0], composed.Length));
    }
}
