using CsCheck;
using Niche.Inference.Text;

namespace Niche.Inference.Tests.Text;

public sealed class TokenRankingTests
{
    // Few values, so that many are equal; far apart, so that there are several bands.
    private static readonly Gen<float> Logit = Gen.OneOf(Gen.Int[-3, 3].Select(i => (float)i), Gen.Single[-40, 40], Gen.Int[0, 3].Select(i => new[] { float.NegativeInfinity, -0f, 0f, float.MinValue }[i]));

    [Fact]
    public void It_is_the_full_sort_however_far_and_in_whatever_order_it_is_read() =>
        Gen.Select(Logit.Array[1, 800].Array[1, 3], Gen.Int[0, 799].Array[0, 20], Gen.Int[0, 60]).Sample((places, ranks, wanted) =>
        {
            var count = places.Max(place => place.Length);
            var room = new RankingRoom(count);
            foreach (var place in places)
            {
                float[] logits = [.. place, .. Enumerable.Repeat(-1f, count - place.Length)];
                if (!logits.Any(float.IsFinite)) continue;
                int[] sorted = [.. logits.Select((logit, id) => (logit, id)).OrderByDescending(x => x.logit).ThenBy(x => x.id).Select(x => x.id)];

                var ranking = new TokenRanking(logits, room, wanted);

                foreach (var rank in ranks.Where(rank => rank < count)) Assert.Equal((sorted[rank], logits[sorted[rank]]), (ranking.Id(rank), ranking.Logit(rank)));
                foreach (var rank in ranks.Where(rank => rank < count)) Assert.Equal(rank, TokenScore.Rank(logits, sorted[rank]));
            }
        });
}
