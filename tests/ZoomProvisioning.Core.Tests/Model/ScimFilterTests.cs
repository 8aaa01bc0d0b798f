using System;
using Xunit;

namespace ZoomProvisioning.Tests.Model;

public class ScimFilterTests
{
    [Theory]
    [InlineData("userName eq \"jill@example.com\"", "userName", "jill@example.com")]
    [InlineData("userName eq jill@example.com", "userName", "jill@example.com")]
    [InlineData("userName eq 'jill@example.com'", "userName", "jill@example.com")]
    [InlineData("  USERNAME   EQ   jill@example.com  ", "userName", "jill@example.com")]
    [InlineData("userName eq o'brien@example.com", "userName", "o'brien@example.com")]
    [InlineData("userName eq \"a\\\"b\\\\c@example.com\"", "userName", "a\"b\\c@example.com")]
    [InlineData("userName eq jill+test@example.com", "userName", "jill+test@example.com")]
    [InlineData("externalId eq k&KdKr6TLWuxdDtk0hjSzL", "externalId", "k&KdKr6TLWuxdDtk0hjSzL")]
    [InlineData("externalid eq \"a/b+c==\"", "externalId", "a/b+c==")]
    public void The_filters_Zoom_has_are_read_as_people_write_them(string text, string attribute, string value)
    {
        var filter = ScimFilter.ParseUserFilter(text);

        Assert.Equal(attribute, filter.Attribute);
        Assert.Equal(value, filter.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("userName")]
    [InlineData("userName eq")]
    [InlineData("userName pr")]
    [InlineData("userName sw \"ji\"")]
    [InlineData("department eq \"Sales\"")]
    [InlineData("active eq true")]
    [InlineData("displayName eq \"Jill\"")]
    [InlineData("userName eq \"a@example.com\" or userName eq \"b@example.com\"")]
    [InlineData("userName eq a@example.com and active eq true")]
    [InlineData("userName eq \"a@example.com")]
    [InlineData("not (userName eq \"a@example.com\")")]
    public void A_filter_Zoom_does_not_have_is_refused_with_the_ones_it_has(string? text)
    {
        var exception = Assert.Throws<FormatException>(() => ScimFilter.ParseUserFilter(text!));

        Assert.Contains("userName eq", exception.Message, StringComparison.Ordinal);
        Assert.Contains("externalId eq", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jill@example.com", "userName eq \"jill@example.com\"")]
    [InlineData("a\"b@example.com", "userName eq \"a\\\"b@example.com\"")]
    [InlineData("a\\b@example.com", "userName eq \"a\\\\b@example.com\"")]
    [InlineData("o'brien@example.com", "userName eq \"o'brien@example.com\"")]
    public void What_is_written_quoted_reads_back_the_same(string value, string written)
    {
        var filter = ScimFilter.UserName(value);

        Assert.Equal(written, filter.ToString());
        Assert.Equal(value, ScimFilter.ParseUserFilter(filter.ToString()).Value);
    }

    [Fact]
    public void The_unquoted_form_is_Zooms_own()
    {
        Assert.Equal("userName eq jill@example.com", ScimFilter.UserName("jill@example.com").ToUnquotedString());
        Assert.Equal("externalId eq ABCD1345", ScimFilter.ExternalId("ABCD1345").ToUnquotedString());
        Assert.Equal("displayName eq \"G 1\"", ScimFilter.DisplayName("G 1").ToString());
    }
}
