using CsCheck;
using Niche.Bittensor.Wallets;

namespace Niche.Bittensor.Tests.Wallets;

public class PasswordVariableTests
{
    [Fact]
    public void A_path_gives_the_name_that_btwallet_gives_it() => Assert.Equal(
        "BT_PW__HOME_ME__BITTENSOR_WALLETS_DEFAULT_COLDKEY", PasswordVariable.NameFor("/home/me/.bittensor/wallets/default/coldkey"));

    [Fact]
    public void A_value_is_the_password_xored_with_the_name()
    {
        // 'a'^'B', 'b'^'T', 'c'^'_'
        Assert.Equal(Convert.ToBase64String([0x61 ^ 0x42, 0x62 ^ 0x54, 0x63 ^ 0x5F]), PasswordVariable.Encode("BT_PW_X", "abc"));
    }

    [Fact]
    public void Any_password_comes_back() => Gen.Select(Gen.String.AlphaNumeric, Gen.Char.Array[0, 60]).Sample((name, chars) =>
    {
        var password = new string([.. chars.Where(c => !char.IsSurrogate(c))]);
        return PasswordVariable.Decode("BT_PW_" + name, PasswordVariable.Encode("BT_PW_" + name, password)) == password;
    });

    [Theory]
    [InlineData("not base64!")]
    [InlineData("vr8=")]
    public void A_value_of_another_form_is_refused_without_being_repeated(string value)
    {
        var fault = Assert.Throws<WalletException>(() => PasswordVariable.Decode("BT_PW_X", value));
        Assert.Equal(WalletFault.Malformed, fault.Fault);
        Assert.DoesNotContain(value, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_value_ends_in_a_password_or_a_typed_fault() => Gen.String[0, 100].Sample(value =>
    {
        try
        {
            return PasswordVariable.Decode("BT_PW_X", value) is not null;
        }
        catch (WalletException)
        {
            return true;
        }
    });
}
