using System.Linq;
using Xunit;
using ZoomProvisioning.Filter;
using ZoomProvisioning.Ldap;

namespace ZoomProvisioning.Tests.Filter;

/// <summary>Filters that only a program writes: they are worked through in the order of their length, or refused with the place.</summary>
public sealed class LongFilterTests
{
    [Fact]
    public void Ten_thousand_alternatives_are_read_and_tried_and_more_are_refused_where_they_become_too_many()
    {
        static string Filter(int count) => string.Join(" or ", Enumerable.Range(10_000, count).Select(n => $"Department eq \"d{n}\""));
        var filter = RecordFilter.Parse(Filter(10_000));
        Assert.True(filter.Matches(FakeRecord.Csv(("Department", "d19999"))));
        Assert.False(filter.Matches(FakeRecord.Csv(("Department", "d20000"))));
        Assert.Equal("Department", Assert.Single(filter.Properties));
        var mistake = Assert.Throws<FilterSyntaxException>(() => RecordFilter.Parse(Filter(100_000)));
        Assert.Equal(Filter(10_000).Length + " or ".Length, mistake.Position);
        Assert.Contains("more than 10000 comparisons", mistake.Message);
    }

    [Theory]
    [InlineData("(", 100)]
    [InlineData("not (", 504)]
    public void Ten_thousand_parentheses_are_refused_where_they_become_too_many(string open, int position)
    {
        var text = string.Concat(Enumerable.Repeat(open, 10_000)) + "a pr" + new string(')', 10_000);
        Assert.Equal(position, Assert.Throws<FilterSyntaxException>(() => RecordFilter.Parse(text)).Position);
    }

    [Fact]
    public void A_word_without_end_is_a_mistake_with_a_place()
    {
        Assert.Equal(5, Assert.Throws<FilterSyntaxException>(() => RecordFilter.Parse("name " + new string('x', 1_000_000))).Position);
        Assert.Equal(0, Assert.Throws<FilterSyntaxException>(() => RecordFilter.Parse(new string('x', 1_000_000))).Position);
    }

    [Fact]
    public void A_directorys_filter_nested_without_end_is_refused_where_it_becomes_too_deep() => Assert.Equal(
        "it is nested more than 50 deep at character 103",
        LdapFilter.MistakeIn(string.Concat(Enumerable.Repeat("(&", 10_000)) + "(a=b)" + new string(')', 10_000)));
}
