using System.Text;
using CsCheck;
using Niche.Bittensor.Tests.Vectors;
using Niche.Bittensor.Wallets;

namespace Niche.Bittensor.Tests.Wallets;

/// <summary>Whatever lies in a file, reading it ends in a key or in a typed fault.</summary>
public sealed class KeyfileFaultTests : IDisposable
{
    private const string Alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
    private const string Seed = "0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private readonly TemporaryWallets _wallets = new();

    private static System.Text.Json.JsonElement Recorded => VectorFile.Extract.GetProperty("pythonSide").GetProperty("keyfiles");

    public void Dispose() => _wallets.Dispose();

    [Theory]
    [InlineData("", WalletFault.Malformed)]
    [InlineData("hello", WalletFault.Malformed)]
    [InlineData("{", WalletFault.Malformed)]
    [InlineData("{}", WalletFault.Malformed)]
    [InlineData("[]", WalletFault.Malformed)]
    [InlineData("{} {}", WalletFault.Malformed)]
    [InlineData("""{"secretSeed":7}""", WalletFault.Malformed)]
    [InlineData("""{"secretSeed":["0x00"]}""", WalletFault.Malformed)]
    [InlineData("""{"secretSeed":"0x00"}""", WalletFault.Malformed)]
    [InlineData("""{"secretSeed":"0xzz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"}""", WalletFault.Malformed)]
    [InlineData("""{"secretPhrase":"one two three"}""", WalletFault.Malformed)]
    [InlineData("""{"ss58Address":"nobody"}""", WalletFault.Malformed)]
    [InlineData($$"""{"secretSeed":"{{Seed}}","secretSeed":"{{Seed}}"}""", WalletFault.Malformed)]
    [InlineData($$"""{"secretSeed":"{{Seed}}","ss58Address":"{{Alice}}"}""", WalletFault.Mismatch)]
    [InlineData($$"""{"secretSeed":"{{Seed}}","secretPhrase":"bottom drive obey lake curtain smoke basket hold race lonely fit walk"}""", WalletFault.Mismatch)]
    [InlineData($$"""{"ss58Address":"{{Alice}}","publicKey":"{{Seed}}"}""", WalletFault.Mismatch)]
    [InlineData("$NACL", WalletFault.PasswordNeeded)]
    public void A_file_that_is_no_key_file_is_told_apart(string content, WalletFault fault) => Fails(Encoding.UTF8.GetBytes(content), null, fault);

    [Theory]
    [InlineData("$NACL short", WalletFault.Malformed)]
    [InlineData("$ANSIBLE_VAULT;1.1;AES256\n", WalletFault.Malformed)]
    [InlineData("$ANSIBLE_VAULT;1.1;AES256\n3030\n", WalletFault.Malformed)]
    [InlineData("$ANSIBLE_VAULT;9.9;AES256\n3030\n", WalletFault.Malformed)]
    [InlineData("$ANSIBLE_VAULT;1.1;AES256\nxyz\n", WalletFault.Malformed)]
    [InlineData("gAAAAA", WalletFault.Malformed)]
    [InlineData("gAAAA!!!!", WalletFault.Malformed)]
    public void An_encrypted_file_that_is_cut_short_costs_no_time(string content, WalletFault fault) => Fails(Encoding.ASCII.GetBytes(content), "password", fault);

    [Fact]
    public void A_deep_document_is_refused() =>
        Fails(Encoding.ASCII.GetBytes("{\"x\":" + new string('[', 20_000) + new string(']', 20_000) + "}"), null, WalletFault.Malformed);

    [Fact]
    public void A_huge_string_is_refused() => Fails(Encoding.ASCII.GetBytes($$"""{"secretPhrase":"{{new string('a', 60_000)}}"}"""), null, WalletFault.Malformed);

    [Fact]
    public void A_huge_file_is_not_read_to_its_end() => Fails(new byte[1_000_000], null, WalletFault.TooLarge);

    [Fact]
    public void A_wrong_password_says_so()
    {
        Fails(KeyfileTests.Bytes(Recorded.GetProperty("ansible")), "wrong", WalletFault.WrongPassword);
        Fails(KeyfileTests.Bytes(Recorded.GetProperty("nacl")), "wrong", WalletFault.WrongPassword);
        Fails(KeyfileTests.Bytes(Recorded.GetProperty("ansible")), new string('x', 5000), WalletFault.WrongPassword);
    }

    [Fact]
    public void An_encrypted_file_names_the_variable_of_its_password()
    {
        var file = _wallets.File(KeyfileTests.Bytes(Recorded.GetProperty("ansible")));
        Assert.Contains(PasswordVariable.NameFor(file.Path), Assert.Throws<WalletException>(() => file.Read()).Message, StringComparison.Ordinal);
        Assert.Equal(WalletFault.PasswordNeeded, Assert.Throws<WalletException>(file.ReadPublic).Fault);
    }

    [Fact]
    public void A_changed_or_shortened_vault_never_opens()
    {
        var vault = AnsibleVault.Seal("{}"u8, "p"u8);
        Gen.Select(Gen.Int[0, vault.Length - 1], Gen.Byte[1, 255], Gen.Bool).Sample(
            (at, flip, cut) =>
            {
                byte[] changed = cut ? vault[..at] : [.. vault];
                if (!cut) changed[at] ^= flip;

                // What the change left as it was (a line end, the case of a digit) may open; another content may not.
                return Tolerant(() => AnsibleVault.Open(changed, "p"u8)) is not { } content || content.AsSpan().SequenceEqual("{}"u8);
            },
            iter: 60);
    }

    [Fact]
    public void A_changed_or_shortened_box_never_opens()
    {
        byte[] nacl = NaclBox.Seal("{}"u8, new byte[32]), fernet = FernetToken.Seal("{}"u8, new byte[32], DateTimeOffset.UnixEpoch);
        Gen.Select(Gen.Int[0, 1000], Gen.Byte[1, 255], Gen.Bool).Sample((at, flip, cut) =>
            Tolerant(() => NaclBox.Open(Change(nacl, at, flip, cut), new byte[32])) is null
            && (Tolerant(() => FernetToken.Open(Change(fernet, at, flip, cut), new byte[32])) is not { } content || content.AsSpan().SequenceEqual("{}"u8)));
    }

    [Fact]
    public void Any_bytes_end_in_a_key_or_a_typed_fault() => Gen.Byte.Array[0, 300].Sample(bytes => Ends(bytes));

    [Fact]
    public void Any_change_of_a_plain_file_ends_in_a_key_or_a_typed_fault()
    {
        var plain = Encoding.UTF8.GetBytes(Recorded.Text("hotkeyPlain"));
        Gen.Select(Gen.Int[0, 1000], Gen.Byte[1, 255], Gen.Bool).Sample((at, flip, cut) => Ends(Change(plain, at, flip, cut)), iter: 500);
    }

    private static byte[] Change(byte[] file, int at, byte flip, bool cut)
    {
        at %= file.Length;
        byte[] changed = cut ? file[..at] : [.. file];
        if (!cut) changed[at] ^= flip;
        return changed;
    }

    private static bool Ends(byte[] bytes)
    {
        try
        {
            using var key = KeyfileJson.Read(bytes, "file");
            return true;
        }
        catch (WalletException)
        {
            return true;
        }
    }

    private static byte[]? Tolerant(Func<byte[]?> open)
    {
        try
        {
            return open();
        }
        catch (WalletException)
        {
            return null;
        }
    }

    private void Fails(byte[] content, string? password, WalletFault fault)
    {
        var thrown = Assert.Throws<WalletException>(() => _wallets.File(content).Read(password));
        Assert.Equal(fault, thrown.Fault);
    }
}
