using CsCheck;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Keys;
using Niche.Bittensor.Wallets;

namespace Niche.Bittensor.Tests.Wallets;

public class WalletKeyTests
{
    [Fact]
    public void A_disposed_key_gives_nothing_away_and_its_pairs_live_on()
    {
        var key = WalletKey.Create();
        using var pair = key.ToKeypair();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.ToKeypair());
        Assert.Throws<ObjectDisposedException>(() => key.Seed.Length);
        Assert.True(key.PublicKey.Verify("m"u8, pair.Sign("m"u8)));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(15)]
    [InlineData(18)]
    [InlineData(21)]
    [InlineData(24)]
    public void A_created_key_is_that_of_its_phrase(int words)
    {
        using var key = WalletKey.Create(words);
        using var pair = Keypair.FromMnemonic(key.Phrase!);
        Assert.Equal(pair.Address, key.Address);
    }

    [Fact]
    public void A_phrase_is_kept_as_other_programs_spell_it()
    {
        using var created = WalletKey.Create();
        using var pasted = WalletKey.FromPhrase("  " + created.Phrase!.Replace(" ", " \n", StringComparison.Ordinal) + "\n");
        Assert.Equal((created.Address, created.Phrase), (pasted.Address, pasted.Phrase));
    }

    [Fact]
    public void A_softly_derived_pair_survives_its_file()
    {
        using var pair = Keypair.FromUri("//Alice/soft");
        using var key = WalletKey.FromKeypair(pair);
        using var again = KeyfileJson.Read(KeyfileJson.Write(key, withSecret: true), "file");
        using var read = again.ToKeypair();
        Assert.Equal(pair.Address, read.Address);
        Assert.True(Keypair.Verify(pair.PublicKey, "m"u8, read.Sign("m"u8)));
        Assert.Null(again.Phrase);
    }

    [Fact]
    public void Any_name_is_refused_or_stays_within_the_folder_of_wallets() => Gen.Select(Gen.String[0, 80], OneOfText.Gen("", "..", "../", "a/", "/", ".", "\\")).Sample(
        (text, head) =>
        {
            const string root = "/srv/wallets";
            try
            {
                Wallet wallet = new(new WalletOptions { Path = root, Name = head + text, Hotkey = head + text });
                return Path.GetDirectoryName(Path.GetFullPath(wallet.Folder)) == Path.GetFullPath(root)
                    && Path.GetDirectoryName(Path.GetFullPath(wallet.HotkeyFile.Path)) == Path.Combine(Path.GetFullPath(wallet.Folder), "hotkeys");
            }
            catch (WalletException e)
            {
                return e.Fault == WalletFault.InvalidName;
            }
        },
        iter: 2000);
}
