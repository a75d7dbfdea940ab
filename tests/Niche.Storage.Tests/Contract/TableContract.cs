using System.Globalization;
using System.Text;

namespace Niche.Storage.Tests.Contract;

public abstract class TableContract(IStorageFixture fixture) : ContractTests(fixture)
{
    [Fact]
    public async Task An_inserted_row_is_read_back_and_cannot_be_inserted_twice()
    {
        var table = FreshName();
        var etag = await Tables.InsertAsync(table, "p", "r", "{\"n\":1}", Ct);
        Assert.Equal(new TableRow("p", "r", "{\"n\":1}", etag!), await Tables.GetAsync(table, "p", "r", Ct));
        Assert.Null(await Tables.InsertAsync(table, "p", "r", "{\"n\":2}", Ct));
        Assert.Equal("{\"n\":1}", (await Tables.GetAsync(table, "p", "r", Ct))!.Json);
    }

    [Fact]
    public async Task An_upsert_adds_or_overwrites_and_always_changes_the_etag()
    {
        var table = FreshName();
        var first = await Tables.UpsertAsync(table, "p", "r", "1", Ct);
        var second = await Tables.UpsertAsync(table, "p", "r", "2", Ct);
        Assert.NotEqual(first, second);
        Assert.Equal(new TableRow("p", "r", "2", second), await Tables.GetAsync(table, "p", "r", Ct));
    }

    [Fact]
    public async Task A_replace_needs_the_current_etag()
    {
        var table = FreshName();
        var first = (await Tables.InsertAsync(table, "p", "r", "1", Ct))!;
        var second = await Tables.ReplaceAsync(table, new("p", "r", "2", first), Ct);
        Assert.NotNull(second);
        Assert.Null(await Tables.ReplaceAsync(table, new("p", "r", "3", first), Ct));
        Assert.Equal(new TableRow("p", "r", "2", second), await Tables.GetAsync(table, "p", "r", Ct));
        Assert.Null(await Tables.ReplaceAsync(table, new("p", "missing", "3", second), Ct));
        Assert.Null(await Tables.GetAsync(table, "p", "missing", Ct));
    }

    [Fact]
    public async Task An_etag_does_not_come_back_when_a_row_is_made_anew()
    {
        var table = FreshName();
        var first = (await Tables.InsertAsync(table, "p", "r", "1", Ct))!;
        Assert.True(await Tables.DeleteAsync(table, "p", "r", null, Ct));
        var second = await Tables.InsertAsync(table, "p", "r", "1", Ct);
        Assert.NotEqual(first, second);
        Assert.Null(await Tables.ReplaceAsync(table, new("p", "r", "2", first), Ct));
    }

    [Fact]
    public async Task A_delete_tells_whether_the_row_was_there_with_that_etag()
    {
        var table = FreshName();
        Assert.False(await Tables.DeleteAsync(table, "p", "r", null, Ct));
        var stale = await Tables.UpsertAsync(table, "p", "r", "1", Ct);
        var current = await Tables.UpsertAsync(table, "p", "r", "2", Ct);
        Assert.False(await Tables.DeleteAsync(table, "p", "r", stale, Ct));
        Assert.True(await Tables.DeleteAsync(table, "p", "r", current, Ct));
        Assert.False(await Tables.DeleteAsync(table, "p", "r", current, Ct));
        Assert.Null(await Tables.GetAsync(table, "p", "r", Ct));
    }

    [Fact]
    public async Task Of_rivals_with_the_same_etag_one_wins()
    {
        var table = FreshName();
        var etag = (await Tables.InsertAsync(table, "p", "r", "0", Ct))!;
        var results = await Task.WhenAll(Enumerable.Range(1, 8).Select(
            i => Tables.ReplaceAsync(table, new("p", "r", i.ToString(CultureInfo.InvariantCulture), etag), Ct)));
        Assert.Single(results, r => r is not null);
    }

    [Fact]
    public async Task A_query_returns_its_partition_in_order_between_its_bounds()
    {
        var table = FreshName();
        string[] keys = ["b", "a", "B", "a-1", "a_1", "ab", "é", "10", "9", "it's", "~"];
        foreach (var key in keys)
        {
            await Tables.InsertAsync(table, "p", key, $"\"{key}\"", Ct);
            await Tables.InsertAsync(table, "p2", key, "0", Ct);
        }

        var sorted = keys.Order(StringComparer.Ordinal).ToList();
        var rows = await Tables.QueryAsync(table, "p", null, null, null, Ct).ToListAsync(Ct);
        Assert.Equal(sorted, rows.Select(r => r.Row));
        Assert.All(rows, r => Assert.Equal(("p", $"\"{r.Row}\""), (r.Partition, r.Json)));
        Assert.Equal(rows[3], await Tables.GetAsync(table, "p", rows[3].Row, Ct));
        Assert.Equal(["a", "a-1", "a_1"], await Keys("a", "ab", null));
        Assert.Equal(sorted.Where(k => string.CompareOrdinal(k, "it's") >= 0), await Keys("it's", null, null));
        Assert.Equal(["10", "9"], await Keys(null, "B", null));
        Assert.Equal(["a", "a-1"], await Keys("a", null, 2));
        Assert.Empty(await Keys(null, null, 0));
        Assert.Empty(await Keys("x", "y", null));

        async Task<List<string>> Keys(string? from, string? to, int? take) =>
            await Tables.QueryAsync(table, "p", from, to, take, Ct).Select(r => r.Row).ToListAsync(Ct);
    }

    [Fact]
    public async Task A_long_query_is_whole_across_pages()
    {
        var table = FreshName();
        var keys = Enumerable.Range(0, 600).Select(i => i.ToString("D4", CultureInfo.InvariantCulture)).ToList();
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (key, ct) =>
            await Tables.InsertAsync(table, key[2..], key, "1", ct));
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (key, ct) =>
            await Tables.InsertAsync(table, "one", key, "1", ct));

        Assert.Equal(keys, await Tables.QueryAsync(table, "one", null, null, null, Ct).Select(r => r.Row).ToListAsync(Ct));
        Assert.Equal(keys[..513], await Tables.QueryAsync(table, "one", null, null, 513, Ct).Select(r => r.Row).ToListAsync(Ct));
        Assert.Equal(
            keys.Select(k => (k[2..], k)).Concat(keys.Select(k => ("one", k))).Order(),
            await Tables.QueryAllAsync(table, Ct).Select(r => (r.Partition, r.Row)).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_missing_table_is_empty()
    {
        Assert.Null(await Tables.GetAsync(FreshName(), "p", "r", Ct));
        Assert.Empty(await Tables.QueryAsync(FreshName(), "p", null, null, null, Ct).ToListAsync(Ct));
        Assert.Empty(await Tables.QueryAllAsync(FreshName(), Ct).ToListAsync(Ct));
        Assert.False(await Tables.DeleteAsync(FreshName(), "p", "r", null, Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("1")]
    [InlineData("nonsense")]
    public async Task A_text_that_is_no_etag_matches_no_row(string etag)
    {
        var table = FreshName();
        await Tables.InsertAsync(table, "p", "row", "1", Ct);
        await Tables.DeleteAsync(table, "p", "row", null, Ct);
        await Tables.InsertAsync(table, "p", "row", "2", Ct);
        Assert.Null(await Tables.ReplaceAsync(table, new("p", "row", "3", etag), Ct));
        Assert.False(await Tables.DeleteAsync(table, "p", "row", etag, Ct));
        Assert.Equal("2", (await Tables.GetAsync(table, "p", "row", Ct))!.Json);
    }

    [Fact]
    public async Task Table_names_compare_without_case()
    {
        var table = FreshName();
        await Tables.InsertAsync(table, "p", "r", "1", Ct);
        Assert.NotNull(await Tables.GetAsync(table.ToUpperInvariant(), "p", "r", Ct));
    }

    [Fact]
    public async Task A_row_of_the_greatest_length_is_whole_and_a_longer_one_is_refused()
    {
        // One byte before the four-byte characters: wherever the bytes are cut, the cut falls within one.
        var table = FreshName();
        var longest = "\"" + string.Concat(Enumerable.Repeat("🗼", ITableStore.MaxJsonBytes / 4 - 1)) + "\"  ";
        Assert.Equal(ITableStore.MaxJsonBytes, Encoding.UTF8.GetByteCount(longest));
        foreach (var json in new[] { longest, "{" + new string('"', ITableStore.MaxJsonBytes - 1), new string('"', 32 * 1024), new string('é', 32 * 1024 + 1) })
        {
            await Tables.UpsertAsync(table, "p", "r", json, Ct);
            Assert.Equal(json, (await Tables.GetAsync(table, "p", "r", Ct))!.Json);
        }

        await Tables.UpsertAsync(table, "p", "r", "1", Ct);
        Assert.Equal("1", (await Tables.GetAsync(table, "p", "r", Ct))!.Json);
        await RefusedAsync(StorageErrorCode.TooLarge, () => Tables.UpsertAsync(table, "p", "r", longest + " ", Ct));
    }

    [Fact]
    public async Task Json_that_cannot_be_stored_and_a_negative_take_are_refused()
    {
        await RefusedAsync(StorageErrorCode.InvalidArgument, () => Tables.InsertAsync(FreshName(), "p", "r", "", Ct));
        await RefusedAsync(StorageErrorCode.InvalidArgument, () => Tables.InsertAsync(FreshName(), "p", "r", "half \uD83D", Ct));
        await RefusedAsync(StorageErrorCode.InvalidArgument, async () => await Tables.QueryAsync(FreshName(), "p", null, null, -1, Ct).ToListAsync(Ct));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1abc")]
    [InlineData("with-hyphen")]
    [InlineData("Tables")]
    [InlineData("naïve")]
    [InlineData("x'; drop table entities; --")]
    public async Task A_table_name_against_the_rules_is_refused(string table)
    {
        await RefusedAsync(StorageErrorCode.InvalidName, () => Tables.GetAsync(table, "p", "r", Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, async () => await Tables.QueryAllAsync(table, Ct).ToListAsync(Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("100%")]
    [InlineData("tab\t")]
    [InlineData("\u0080")]
    [InlineData("🗼")]
    [InlineData("\uFFFF")]
    public async Task A_key_against_the_rules_is_refused(string key)
    {
        var table = FreshName();
        await RefusedAsync(StorageErrorCode.InvalidName, () => Tables.InsertAsync(table, key, "r", "1", Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Tables.UpsertAsync(table, "p", key, "1", Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Tables.ReplaceAsync(table, new("p", key, "1", "1"), Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Tables.GetAsync(table, key, "r", Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Tables.DeleteAsync(table, "p", key, null, Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, async () => await Tables.QueryAsync(table, key, null, null, null, Ct).ToListAsync(Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, async () => await Tables.QueryAsync(table, "p", key, null, null, Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task Keys_up_to_the_limit_work_and_longer_ones_are_refused()
    {
        var table = FreshName();
        var longest = new string('k', 512);
        await Tables.InsertAsync(table, longest, longest, "1", Ct);
        Assert.NotNull(await Tables.GetAsync(table, longest, longest, Ct));
        await RefusedAsync(StorageErrorCode.InvalidName, () => Tables.GetAsync(table, "p", longest + "k", Ct));
    }
}
