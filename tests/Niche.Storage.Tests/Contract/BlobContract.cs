namespace Niche.Storage.Tests.Contract;

public abstract class BlobContract(IStorageFixture fixture) : ContractTests(fixture)
{
    private static readonly byte[] s_bytes = [0, 1, 2, 0xFF, (byte)'\r', (byte)'\n'];

    [Fact]
    public async Task A_blob_comes_back_with_its_bytes_type_and_time()
    {
        var container = FreshName();
        await Blobs.PutAsync(container, "pictures/One.png", s_bytes, "image/png", Ct);
        var blob = await Blobs.GetAsync(container, "pictures/One.png", Ct);
        Assert.NotNull(blob);
        Assert.Equal(s_bytes, blob.Content.ToArray());
        Assert.Equal("image/png", blob.ContentType);
        Assert.Equal(s_bytes.Length, blob.Length);
        Assert.True((blob.CreatedOn - Now).Duration() < Minute);
        Assert.True(await Blobs.ExistsAsync(container, "pictures/One.png", Ct));
    }

    [Fact]
    public async Task A_second_put_replaces_the_first()
    {
        var container = FreshName();
        await Blobs.PutAsync(container, "a", s_bytes, "image/png", Ct);
        await Blobs.PutAsync(container, "a", "text"u8.ToArray(), "text/plain", Ct);
        var blob = await Blobs.GetAsync(container, "a", Ct);
        Assert.Equal("text/plain", blob!.ContentType);
        Assert.Equal("text"u8.ToArray(), blob.Content.ToArray());
    }

    [Fact]
    public async Task A_missing_blob_or_container_is_null_false_and_an_empty_list()
    {
        var container = FreshName();
        for (var i = 0; i < 2; i++)
        {
            Assert.Null(await Blobs.GetAsync(container, "none", Ct));
            Assert.False(await Blobs.ExistsAsync(container, "none", Ct));
            Assert.False(await Blobs.DeleteAsync(container, "none", Ct));
            Assert.Empty(await Blobs.ListAsync(container, "none/of/these", Ct).ToListAsync(Ct));
            await Blobs.PutAsync(container, "other", s_bytes, "image/png", Ct);
        }
    }

    [Fact]
    public async Task A_deleted_blob_is_gone()
    {
        var container = FreshName();
        await Blobs.PutAsync(container, "a/b", s_bytes, "image/png", Ct);
        Assert.True(await Blobs.DeleteAsync(container, "a/b", Ct));
        Assert.False(await Blobs.DeleteAsync(container, "a/b", Ct));
        Assert.Null(await Blobs.GetAsync(container, "a/b", Ct));
        Assert.Empty(await Blobs.ListAsync(container, null, Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_list_is_in_ordinal_order_and_keeps_to_its_prefix()
    {
        var container = FreshName();
        string[] names = ["a", "a-b", "a.b", "a/b", "a/B", "a/b/c", "ab", "B/x", "a_b", "a=1"];
        foreach (var name in names)
            await Blobs.PutAsync(container, name, new byte[name.Length], "x/" + name.Length, Ct);

        var all = await Blobs.ListAsync(container, null, Ct).ToListAsync(Ct);
        Assert.Equal(names.Order(StringComparer.Ordinal), all.Select(b => b.Name));
        Assert.All(all, b => Assert.Equal((b.Name.Length, $"x/{b.Name.Length}"), (b.Length, b.ContentType)));
        foreach (var prefix in new[] { "a", "a/", "a/b", "a/b/", "B", "b", "a/B/c/d", "" })
        {
            Assert.Equal(
                names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
                await Blobs.ListAsync(container, prefix, Ct).Select(b => b.Name).ToListAsync(Ct));
        }
    }

    [Fact]
    public async Task Names_that_differ_in_case_only_are_two_blobs()
    {
        var container = FreshName();
        await Blobs.PutAsync(container, "5Fx", "upper"u8.ToArray(), "text/plain", Ct);
        await Blobs.PutAsync(container, "5fx", "lower"u8.ToArray(), "text/plain", Ct);
        Assert.Equal("upper"u8.ToArray(), (await Blobs.GetAsync(container, "5Fx", Ct))!.Content.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5 * 1024 * 1024)]
    public async Task Empty_and_large_blobs_are_whole(int size)
    {
        var container = FreshName();
        var bytes = new byte[size];
        new Random(1).NextBytes(bytes);
        await Blobs.PutAsync(container, "b", bytes, "application/octet-stream", Ct);
        var blob = await Blobs.GetAsync(container, "b", Ct);
        Assert.True(blob!.Content.Span.SequenceEqual(bytes));
    }

    [Fact]
    public async Task A_blob_beyond_the_limit_is_refused() => await RefusedAsync(
        StorageErrorCode.TooLarge, () => Blobs.PutAsync(FreshName(), "b", new byte[IBlobStore.MaxBytes + 1], "image/png", Ct));

    [Theory]
    [InlineData("")]
    [InlineData("image/png\r\nX-Evil: 1")]
    [InlineData("bild/é")]
    public async Task A_content_type_that_no_header_can_carry_is_refused(string contentType) => await RefusedAsync(
        StorageErrorCode.InvalidArgument, () => Blobs.PutAsync(FreshName(), "b", s_bytes, contentType, Ct));

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/./x")]
    [InlineData("a//x")]
    [InlineData("a/")]
    [InlineData("a\\..\\x")]
    [InlineData("C:x")]
    [InlineData("nul\0")]
    [InlineData("%2e%2e/x")]
    [InlineData("a!")]
    [InlineData("x.")]
    [InlineData("a b")]
    [InlineData("~")]
    public async Task A_blob_name_that_is_unsafe_somewhere_is_refused(string name)
    {
        await RefusedAsync(StorageErrorCode.InvalidName, () => Blobs.PutAsync(FreshName(), name, s_bytes, "image/png", Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Blobs.GetAsync(FreshName(), name, Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Blobs.ExistsAsync(FreshName(), name, Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Blobs.DeleteAsync(FreshName(), name, Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Blobs.GetAsync("../" + FreshName(), "x", Ct));
    }

    [Theory]
    [InlineData("../")]
    [InlineData("a/../..")]
    [InlineData("/etc")]
    [InlineData("*")]
    public async Task A_prefix_that_no_name_can_have_is_refused(string prefix) =>
        await RefusedAsync(StorageErrorCode.InvalidName, async () => await Blobs.ListAsync(FreshName(), prefix, Ct).ToListAsync(Ct));

    [Fact]
    public async Task Names_up_to_the_limits_work_and_longer_ones_are_refused()
    {
        var container = FreshName();
        var segment = new string('A', 120);
        var longest = string.Join('/', Enumerable.Repeat(segment, 4)) + "/" + new string('b', 28);
        Assert.Equal(512, longest.Length);
        await Blobs.PutAsync(container, longest, s_bytes, "image/png", Ct);
        Assert.Equal(longest, Assert.Single(await Blobs.ListAsync(container, segment, Ct).ToListAsync(Ct)).Name);
        await RefusedAsync(StorageErrorCode.InvalidName, () => Blobs.GetAsync(container, longest + "b", Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Blobs.GetAsync(container, segment + "A", Ct));
    }
}
