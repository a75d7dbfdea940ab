using CsCheck;
using Niche.Subnet.Rounds;

namespace Niche.Subnet.Tests.Rounds;

public sealed class SecretRandomTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void The_first_block_is_the_published_construction()
    {
        // HMAC-SHA256(key = 00..1f, message = eight zero bytes), computed with the runtime's own primitive.
        var expected = System.Security.Cryptography.HMACSHA256.HashData(Secret, new byte[8]);
        var actual = new byte[32];
        new SecretRandom(Secret).NextBytes(actual);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_same_secret_gives_the_same_sequence_and_another_one_does_not()
    {
        Assert.Equal(new SecretRandom(Secret).NextId(), new SecretRandom(Secret).NextId());
        Assert.NotEqual(new SecretRandom(Secret).NextId(), new SecretRandom(new byte[32]).NextId());
    }

    [Fact]
    public void A_derived_sequence_depends_on_the_purpose_and_not_on_use()
    {
        var used = new SecretRandom(Secret);
        used.NextId();
        Assert.Equal(new SecretRandom(Secret).Derive("a").NextId(), used.Derive("a").NextId());
        Assert.NotEqual(used.Derive("a").NextId(), used.Derive("b").NextId());
    }

    [Fact]
    public void Reading_in_pieces_gives_the_same_bytes() => Gen.Int[1, 40].Array[1, 20].Sample(pieces =>
    {
        var whole = new byte[pieces.Sum()];
        new SecretRandom(Secret).NextBytes(whole);
        var random = new SecretRandom(Secret);
        var joined = pieces.SelectMany(n =>
        {
            var piece = new byte[n];
            random.NextBytes(piece);
            return piece;
        });
        return joined.SequenceEqual(whole);
    });

    [Fact]
    public void Numbers_stay_below_their_bound_and_reach_all_values()
    {
        var random = new SecretRandom(Secret);
        var seen = new int[7];
        for (var i = 0; i < 7000; i++) seen[random.Next(7)]++;
        // Binomial(7000, 1/7): mean 1000, deviation 29.
        Assert.All(seen, count => Assert.InRange(count, 850, 1150));
        Assert.Equal(0, random.Next(1));
        Assert.InRange(random.Next(long.MaxValue), 0, long.MaxValue - 1);
    }

    [Fact]
    public void A_short_secret_is_refused() => Assert.Throws<ArgumentException>(() => new SecretRandom(new byte[31]));
}
