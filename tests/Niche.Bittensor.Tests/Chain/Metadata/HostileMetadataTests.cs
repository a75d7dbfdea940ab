using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Tests.Chain.Metadata;

public class HostileMetadataTests
{
    [Fact]
    public void The_builder_of_these_tests_makes_metadata_that_reads()
    {
        var types = RuntimeMetadata.Read(MetadataBlob.Of(MetadataBlob.U8, MetadataBlob.Tuple(0, 0), MetadataBlob.Array(5, 1))).Types;
        Assert.Equal([1, 2, 10], Enumerable.Range(0, 3).Select(types.LeastBytes));
    }

    public static readonly TheoryData<string, byte[]> Bad = new()
    {
        { "no metadata", [1, 2, 3, 4, 14] },
        { "nothing", [] },
        { "the old version 13", [.. "meta"u8, 13, 0] },
        { "a version of the future", [.. "meta"u8, 17, 0] },
        { "an unknown type tag", MetadataBlob.Of([8]) },
        { "an unknown primitive", MetadataBlob.Of([5, 15]) },
        { "a dangling id in a tuple", MetadataBlob.Of(MetadataBlob.Tuple(1)) },
        { "a dangling id in a list", MetadataBlob.Of(MetadataBlob.Vec(77)) },
        { "a dangling id in an array", MetadataBlob.Of(MetadataBlob.Array(0, 77)) },
        { "a struct that contains itself", MetadataBlob.Of(MetadataBlob.Struct(0)) },
        { "two tuples that contain each other", MetadataBlob.Of(MetadataBlob.Tuple(1), MetadataBlob.Tuple(0)) },
        { "an enum whose only variant contains itself", MetadataBlob.Of([1, 4, 4, (byte)'A', 4, 0, 0, 0, 0, 0, 0]) },
        { "two variants with one index", MetadataBlob.Of([1, 8, 4, (byte)'A', 0, 3, 0, 4, (byte)'B', 0, 3, 0]) },
        { "more types than bytes", MetadataBlob.Of(1 << 29, [MetadataBlob.U8]) },
        { "a tuple of a billion", MetadataBlob.Of([4, 0xFE, 0xFF, 0xFF, 0xFF]) },
        { "bytes after the end", [.. MetadataBlob.Of(MetadataBlob.U8), 0] },
        { "text that is not UTF-8", [.. "meta"u8, 14, 4, 0, 4, 4, 0xFF, 0, 5, 3, 0, 0, 0, 4, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void It_is_refused_in_words(string what, byte[] blob)
    {
        Assert.NotEmpty(what);
        var refusal = Assert.Throws<ScaleFormatException>(() => RuntimeMetadata.Read(blob));
        Assert.NotEmpty(refusal.Message);
    }

    [Fact]
    public void Types_may_go_through_themselves_where_a_list_or_another_variant_ends_it()
    {
        // 0: Vec<1>, 1: (0, 0). A tree of lists.
        var types = RuntimeMetadata.Read(MetadataBlob.Of(MetadataBlob.Vec(1), MetadataBlob.Tuple(0, 0))).Types;
        var value = ScaleValueDecoder.Decode(types, 0, [4, 0, 4, 0, 0]);
        Assert.Equal("[[[],[[[],[]]]]]", ScaleValueJson.Render(value));
    }

    [Fact]
    public void A_value_nested_beyond_reason_is_refused()
    {
        var types = RuntimeMetadata.Read(MetadataBlob.Of(MetadataBlob.Vec(0))).Types;
        var bytes = Enumerable.Repeat((byte)4, 10_000).ToArray();
        Assert.Contains("deep", Assert.Throws<ScaleFormatException>(() => ScaleValueDecoder.Decode(types, 0, bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_of_exploding_size_cost_neither_time_nor_memory()
    {
        // Each type is an array of 4 billion of the one before: sizes would pass any integer, names and values any memory.
        byte[][] definitions = [MetadataBlob.Tuple(), .. Enumerable.Range(0, 60).Select(i => MetadataBlob.Array(uint.MaxValue, i)), MetadataBlob.U8, .. Enumerable.Range(61, 60).Select(i => MetadataBlob.Array(uint.MaxValue, i))];
        var types = RuntimeMetadata.Read(MetadataBlob.Of(definitions)).Types;
        Assert.Throws<ScaleFormatException>(() => ScaleValueDecoder.Decode(types, 60, []));
        Assert.Throws<ScaleFormatException>(() => ScaleValueDecoder.Decode(types, 121, new byte[1000]));
        Assert.True(types.NameOf(121).Length < 1000);
    }

    [Fact]
    public void Lists_that_each_promise_all_that_is_left_allocate_in_proportion_to_the_bytes()
    {
        // Vec of Vec of Vec..., each said to have 60,000 items.
        var types = RuntimeMetadata.Read(MetadataBlob.Of(MetadataBlob.Vec(0))).Types;
        var writer = new ScaleWriter();
        while (writer.Length < 64 * 1024) writer.WriteCompact(60_000UL);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ScaleFormatException>(() => ScaleValueDecoder.Decode(types, 0, writer.Written));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 64 * 1024);
    }

    [Fact]
    public void A_hundred_thousand_types_in_a_chain_are_settled_quickly()
    {
        // Backwards, so that a naive pass over the list learns one type at a time.
        byte[][] definitions = [.. Enumerable.Range(0, 100_000).Select(i => i == 99_999 ? MetadataBlob.U8 : MetadataBlob.Tuple(i + 1))];
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.Equal(1, RuntimeMetadata.Read(MetadataBlob.Of(definitions)).Types.LeastBytes(0));
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }
}
