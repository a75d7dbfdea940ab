using System.Text;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Vectors;
using Niche.Bittensor.Wallets;

namespace Niche.Bittensor.Tests.Wallets;

public sealed class KeyfileTests : IDisposable
{
    private const string Address = "5HB7kpn92RS7uF9uWn8bXSvPVKFPg8kPUFDd5sbveGjX6Dbi";

    private readonly TemporaryWallets _wallets = new();

    private static System.Text.Json.JsonElement Recorded => VectorFile.Extract.GetProperty("pythonSide").GetProperty("keyfiles");

    public void Dispose() => _wallets.Dispose();

    [Fact]
    public void The_recorded_plain_hotkey_signs_as_its_address()
    {
        using var key = _wallets.File(Encoding.UTF8.GetBytes(Recorded.Text("hotkeyPlain"))).Read();
        using var pair = key.ToKeypair();
        Assert.Equal(Address, key.ToString());
        Assert.True(Keypair.Verify(Address, "m"u8, pair.Sign("m"u8)));
        Assert.Equal(Convert.FromHexString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"), key.Seed.ToArray());
    }

    [Fact]
    public void The_recorded_coldkeypub_names_its_key_and_can_not_sign()
    {
        var file = _wallets.File(Encoding.UTF8.GetBytes(Recorded.Text("coldkeypub")));
        Assert.Equal(Address, file.ReadPublic().Address);
        using var key = file.Read();
        Assert.False(key.HasSecret);
        Assert.Equal(WalletFault.NoSecret, Assert.Throws<WalletException>(key.ToKeypair).Fault);
    }

    [Theory]
    [InlineData("nacl", KeyfileEncryption.Nacl)]
    [InlineData("ansible", KeyfileEncryption.Ansible)]
    [InlineData("fernet", KeyfileEncryption.Fernet)]
    public void The_recorded_encrypted_file_opens_with_its_password(string name, KeyfileEncryption form)
    {
        var recorded = Recorded.GetProperty(name);
        var file = _wallets.File(Bytes(recorded));
        Assert.Equal(form, file.Encryption());
        using var key = file.Read(recorded.Text("password"));
        Assert.Equal(Address, key.Address);
        Assert.True(key.HasSecret);
    }

    [Fact]
    public void The_recorded_key_of_a_nacl_file_comes_out_of_its_password()
    {
        var recorded = Recorded.GetProperty("nacl");
        var key = new byte[NaclBox.KeyBytes];
        NaclBox.DeriveKey(Encoding.UTF8.GetBytes(recorded.Text("password")), key);
        Assert.Equal(recorded.Hex("key"), key);
        Assert.Equal(recorded.Text("plain"), Encoding.UTF8.GetString(NaclBox.Open(recorded.Hex("file"), key)!));
    }

    [Theory]
    [InlineData(KeyfileEncryption.None)]
    [InlineData(KeyfileEncryption.Nacl)]
    [InlineData(KeyfileEncryption.Ansible)]
    [InlineData(KeyfileEncryption.Fernet)]
    public void What_is_written_in_a_form_reads_back(KeyfileEncryption form)
    {
        using var key = WalletKey.Create(24);
        var file = new Keyfile(Path.Combine(_wallets.Root, "key"), _wallets.Options);
        file.Write(key, form, "päßword");
        Assert.Equal(form, file.Encryption());
        using var again = file.Read("päßword");
        Assert.Equal(key.Address, again.Address);
        Assert.Equal(key.Phrase, again.Phrase);
        Assert.Equal(key.PrivateKey.ToArray(), again.PrivateKey.ToArray());
        Assert.Equal(key.Seed.ToArray(), again.Seed.ToArray());
    }

    [Fact]
    public void A_plain_file_has_the_fields_that_python_reads()
    {
        using var key = WalletKey.FromSeed(VectorFile.Extract.GetProperty("pythonSide").GetProperty("expand")[2].Hex("miniSecret"));
        var written = System.Text.Json.JsonDocument.Parse(KeyfileJson.Write(key, withSecret: true)).RootElement;
        var recorded = System.Text.Json.JsonDocument.Parse(Recorded.Text("hotkeyPlain")).RootElement;
        Assert.True(System.Text.Json.JsonElement.DeepEquals(recorded, written), written.ToString());
        var open = System.Text.Json.JsonDocument.Parse(KeyfileJson.Write(key, withSecret: false)).RootElement;
        Assert.True(System.Text.Json.JsonElement.DeepEquals(System.Text.Json.JsonDocument.Parse(Recorded.Text("coldkeypub")).RootElement, open), open.ToString());
    }

    [Fact]
    public void Sealed_forms_have_the_shape_of_the_recorded_ones()
    {
        var plain = Encoding.UTF8.GetBytes(Recorded.Text("hotkeyPlain"));
        var ansible = Encoding.ASCII.GetString(AnsibleVault.Seal(plain, "p"u8)).TrimEnd('\n').Split('\n');
        Assert.Equal("$ANSIBLE_VAULT;1.1;AES256", ansible[0]);
        Assert.All(ansible[1..^1], line => Assert.Equal(80, line.Length));
        var fernet = FernetToken.Seal(plain, new byte[32], DateTimeOffset.UnixEpoch);
        Assert.Equal(0, fernet.Length % 4);
        Assert.StartsWith("gAAAAA", Encoding.ASCII.GetString(fernet), StringComparison.Ordinal);
        Assert.Equal(plain, FernetToken.Open(fernet, new byte[32]));
        var nacl = NaclBox.Seal(plain, new byte[32]);
        Assert.Equal(5 + 24 + 16 + plain.Length, nacl.Length);
        Assert.NotEqual(nacl, NaclBox.Seal(plain, new byte[32]));
    }

    internal static byte[] Bytes(System.Text.Json.JsonElement recorded)
    {
        var text = recorded.Text("file");
        return text.StartsWith("24", StringComparison.Ordinal) ? Convert.FromHexString(text) : Encoding.ASCII.GetBytes(text);
    }
}
