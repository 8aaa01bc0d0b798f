using System.Linq;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>Wildcards in a list of protected people: what they mean, and that none takes for ever.</summary>
public sealed class WildcardTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("vip-*@example.com", "VIP-jill@Example.com", true)]
    [InlineData("vip-*@example.com", "vip-jill@example.com.attacker.net", false)]
    [InlineData("j?ll@*", "jill@example.com", true)]
    [InlineData("j?ll@*", "jll@example.com", false)]
    [InlineData("*a*b*", "xxaxxbxxaxx", true)]
    [InlineData("*ab", "aab", true)]
    [InlineData("[ab]*", "a", false)]
    public void A_pattern_means_what_it_says(string pattern, string text, bool fits) => Assert.Equal(fits, new Wildcard(pattern).Fits(text));

    [Fact]
    public void It_means_the_same_as_the_regular_expression()
    {
        var letters = Gen.Elements('a', 'b', 'A', '*', '?', '.').ArrayOf(9).Select(l => new string(l)).ToArbitrary();
        var text = Gen.Elements('a', 'b', 'B', '.').ArrayOf(7).Select(l => new string(l)).ToArbitrary();
        Prop.ForAll(letters, text, (p, t) => Regex.IsMatch(
            t, "^" + Regex.Escape(p).Replace("\\*", ".*").Replace("\\?", ".") + "$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)
            == new Wildcard(p).Fits(t)).Check(Law.Times(100));
    }

    // Backtracking would still be at it when the sun goes out.
    [Fact]
    public void Fifty_stars_come_to_an_end()
    {
        var list = new ProtectedUsers([string.Concat(Enumerable.Repeat("a*", 50)) + "b@example.com"]);
        Assert.Null(list.ReasonFor(new string('a', 20_000) + "@example.com", null));
    }
}
