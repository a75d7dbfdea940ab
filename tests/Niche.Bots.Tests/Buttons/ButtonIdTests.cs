using CsCheck;
using Niche.Bots.Buttons;
using Niche.Bots.Tests.Rig;

namespace Niche.Bots.Tests.Buttons;

/// <summary>Ids of buttons: short, kept for years, nobody can make one up.</summary>
public sealed class ButtonIdTests
{
    private static readonly ButtonSigner Signer = ButtonSigner.FromSecrets(["a secret of the tests"]);
    private static readonly Gen<ButtonId> Ids = Gen.Select(
        Any.Of(Enum.GetValues<ButtonAction>()), Any.Of("abcdefghijklmnopqrstuvwxyz0123456789.-_=".ToCharArray()).Array[0, 40].Select(chars => new string(chars)),
        Gen.Int[0, 9], (action, subject, index) => new ButtonId(action, subject, index));

    [Fact]
    public void An_id_is_read_as_it_was_written_and_fits_64_bytes() => Ids.Sample(id =>
    {
        string written = Signer.Write("discord", id);
        Assert.InRange(written.Length, 1, ButtonSigner.MaxBytes);
        Assert.All(written, c => Assert.True(char.IsAscii(c)));
        Assert.Equal(id, Signer.Read("discord", written));
    });

    [Fact]
    public void One_changed_character_makes_it_nothing() => Gen.Select(Ids, Gen.Int[0, 63], Gen.Char).Sample((id, at, c) =>
    {
        string written = Signer.Write("discord", id);
        if (at >= written.Length || written[at] == c) return;
        Assert.Null(Signer.Read("discord", written[..at] + c + written[(at + 1)..]));
    });

    [Fact]
    public void What_strangers_make_up_is_nothing() => Gen.String.Sample(text => Assert.Null(Signer.Read("discord", text)));

    [Fact]
    public void An_id_of_one_platform_is_nothing_on_another() =>
        Assert.Null(Signer.Read("telegram", Signer.Write("discord", new ButtonId(ButtonAction.Delete, "x"))));

    [Fact]
    public void Another_secret_reads_nothing_unless_it_keeps_the_old_one()
    {
        string old = Signer.Write("discord", new ButtonId(ButtonAction.Again, "job"));
        Assert.Null(ButtonSigner.FromSecrets(["another secret of the tests"]).Read("discord", old));
        Assert.NotNull(ButtonSigner.FromSecrets(["another secret of the tests", "a secret of the tests"]).Read("discord", old));
    }

    [Fact]
    public void The_format_of_today_is_read_for_ever() =>
        Assert.Equal(new ButtonId(ButtonAction.Vary, "06h16bcaj4g39106vch4cc3r8g", 2), Signer.Read("telegram", "1022:06h16bcaj4g39106vch4cc3r8g:gqEwdRf2DjOzgq0Y"));
}
