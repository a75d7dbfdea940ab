using System.Net;
using CsCheck;
using Niche.GpuEndpoint.ImageUrls;

namespace Niche.GpuEndpoint.Tests.ImageUrls;

/// <summary>Which addresses are of the public internet, held against ranges written out as numbers.</summary>
public sealed class PublicAddressTests
{
    // First and last address of what IANA keeps for special purposes, and one that a cloud uses for its own.
    private static readonly (uint First, uint Last)[] Special =
    [
        (0x00000000, 0x00FFFFFF), (0x0A000000, 0x0AFFFFFF), (0x64400000, 0x647FFFFF), (0x7F000000, 0x7FFFFFFF), (0xA9FE0000, 0xA9FEFFFF),
        (0xAC100000, 0xAC1FFFFF), (0xC0000000, 0xC00000FF), (0xC0000200, 0xC00002FF), (0xC01FC400, 0xC01FC4FF), (0xC034C100, 0xC034C1FF),
        (0xC0586300, 0xC05863FF), (0xC0A80000, 0xC0A8FFFF), (0xC0AF3000, 0xC0AF30FF), (0xC6120000, 0xC613FFFF), (0xC6336400, 0xC63364FF),
        (0xCB007100, 0xCB0071FF), (0xE0000000, 0xFFFFFFFF), (0xA83F8110, 0xA83F8110),
    ];

    private static readonly Gen<uint> Anywhere = Gen.OneOf(
        Gen.UInt,
        Gen.Select(Gen.Int[0, Special.Length - 1], Gen.Int[-2, 2]).Select((i, by) => unchecked(Special[i].First + (uint)by)),
        Gen.Select(Gen.Int[0, Special.Length - 1], Gen.Int[-2, 2]).Select((i, by) => unchecked(Special[i].Last + (uint)by)));

    [Fact]
    public void An_address_of_version_4_is_public_outside_of_the_special_ranges_and_nowhere_else() => Anywhere.Sample(
        number => Assert.Equal(!Special.Any(range => number >= range.First && number <= range.Last), PublicAddress.Is(Four(number))));

    [Fact]
    public void No_dress_of_version_6_makes_an_address_of_version_4_public() => Gen.UInt.Sample(number =>
    {
        var four = Four(number);
        Assert.False(PublicAddress.Is(four.MapToIPv6()));
        var hex = $"{number >> 16:x}:{number & 0xFFFF:x}";
        Assert.All([$"64:ff9b::{hex}", $"64:ff9b:1::{hex}", $"2002:{hex}::1", $"::{hex}", $"::ffff:0:{hex}", $"2001:0:{hex}::1"], text => Assert.False(PublicAddress.Is(IPAddress.Parse(text)), text));
    });

    [Fact]
    public void Only_global_unicast_of_version_6_is_public() => Gen.Byte.Array[16].Sample(bytes =>
    {
        if ((bytes[0] & 0xE0) != 0x20) Assert.False(PublicAddress.Is(new IPAddress(bytes)));
    });

    [Theory]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("ff02::1", false)]
    [InlineData("100::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2001:1ff:ffff::1", false)]
    [InlineData("3fff:fff::1", false)]
    [InlineData("5f00::1", false)]
    [InlineData("2001:200::1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("2a00:1450::1", true)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("8.8.8.8", true)]
    public void Known_addresses_are_judged_as_they_should(string text, bool expected) => Assert.Equal(expected, PublicAddress.Is(IPAddress.Parse(text)));

    [Fact]
    public void An_address_with_a_scope_is_none_of_the_public() => Assert.False(PublicAddress.Is(IPAddress.Parse("2606:4700::1111%3")));

    private static IPAddress Four(uint number) => new([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
}
