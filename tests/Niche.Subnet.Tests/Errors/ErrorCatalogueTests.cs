using System.Reflection;
using Niche.Subnet.Errors;

namespace Niche.Subnet.Tests.Errors;

public sealed class ErrorCatalogueTests
{
    [Fact]
    public void Every_code_constant_has_one_row_with_an_http_status_and_a_title()
    {
        var codes = typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!).Order();
        Assert.Equal(codes, ErrorCatalogue.All.Select(k => k.Code).Order());
        Assert.All(ErrorCatalogue.All, kind =>
        {
            Assert.InRange(kind.Status, 400, 599);
            Assert.NotEmpty(kind.Title);
            Assert.Matches("^[a-z_]+$", kind.Code);
        });
    }

    [Fact]
    public void A_range_error_names_the_range_in_words_and_in_numbers()
    {
        var error = ErrorCatalogue.OutOfRange(ErrorCodes.StepsOutOfRange, "steps", 1, 50);
        Assert.Equal(400, error.Status);
        Assert.Equal("'steps' must be between 1 and 50.", error.Detail);
        Assert.Equal(new AllowedRange(1, 50), error.Allowed);
        Assert.Equal("steps", error.Parameter);
    }

    [Fact]
    public void A_list_error_names_the_list() =>
        Assert.Contains("128x128, 256x128", ErrorCatalogue.NotInList(ErrorCodes.SizeNotAllowed, "size", ["128x128", "256x128"]).Detail, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_code_is_refused() => Assert.Throws<ArgumentException>(() => ErrorCatalogue.Create("no_such_code", ""));

    [Fact]
    public void A_result_gives_its_value_or_throws_its_first_error()
    {
        Assert.Equal("x", new Result<string>("x").Require());
        var failed = new Result<string>(ErrorCatalogue.Internal());
        Assert.False(failed.IsSuccess);
        Assert.Equal(ErrorCodes.Internal, Assert.Throws<NicheException>(failed.Require).Error.Code);
    }
}
