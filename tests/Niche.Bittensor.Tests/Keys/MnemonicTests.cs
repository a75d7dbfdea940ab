using CsCheck;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Keys;

public class MnemonicTests
{
    [Fact]
    public void Every_recorded_phrase_gives_its_entropy_secret_and_address()
    {
        var count = 0;
        foreach (var vector in VectorFile.Cases("mnemonics"))
        {
            var (phrase, password) = (vector.Text("mnemonic"), vector.Text("password"));
            Assert.Equal(vector.Hex("entropy"), Mnemonic.ToEntropy(phrase));
            Assert.Equal(phrase, Mnemonic.FromEntropy(vector.Hex("entropy")));
            Assert.Equal(vector.Hex("miniSecret"), Mnemonic.ToMiniSecret(phrase, password));
            using var pair = Keypair.FromMnemonic(phrase, password);
            Assert.Equal(vector.Hex("publicKey"), pair.PublicKey.ToArray());
            Assert.Equal(vector.Text("ss58"), pair.Address);
            using var byUri = Keypair.FromUri(password.Length == 0 ? phrase : $"{phrase}///{password}");
            Assert.Equal(pair.Address, byUri.Address);
            count++;
        }

        Assert.Equal(8, count);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(15)]
    [InlineData(18)]
    [InlineData(21)]
    [InlineData(24)]
    public void A_generated_phrase_reads_back(int words)
    {
        var phrase = Mnemonic.Generate(words);
        Assert.Equal(words, phrase.Split(' ').Length);
        Assert.Equal(phrase, Mnemonic.FromEntropy(Mnemonic.ToEntropy(phrase)));
        Assert.NotEqual(phrase, Mnemonic.Generate(words));
    }

    [Theory]
    [InlineData("", "12")]
    [InlineData("abandon abandon", "12")]
    [InlineData("abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon", "checksum")]
    [InlineData("abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon Nowhere", "Word 12")]
    public void A_wrong_phrase_is_refused_with_the_reason(string phrase, string reason)
    {
        var fault = Assert.Throws<KeyFormatException>(() => Mnemonic.ToEntropy(phrase));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Nowhere", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_words_are_a_phrase_or_refused_with_a_typed_fault() =>
        Gen.Select(OneOfText.Gen("abandon", "zoo", "walk", "nowhere", "", "\t"), Gen.Int[0, 30], Gen.String[0, 10]).Sample((word, times, text) =>
        {
            try
            {
                return Mnemonic.ToEntropy(string.Join(' ', Enumerable.Repeat(word, times)) + text).Length >= 16;
            }
            catch (KeyFormatException)
            {
                return true;
            }
        });

    [Fact]
    public void A_phrase_that_never_ends_is_refused() => Assert.Throws<KeyFormatException>(() => Mnemonic.ToEntropy(string.Concat(Enumerable.Repeat("abandon ", 100_000))));

    [Fact]
    public void Another_number_of_words_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Mnemonic.Generate(13));
}
