using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ZoomProvisioning.Tests.Errors;

/// <summary>The words of somebody else in one line of a message.</summary>
public class VisibleTextTests
{
    private static readonly Arbitrary<string> Texts = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? string.Empty),
        Gen.Choose(0, 0xFFFF).Select(c => ((char)c).ToString()).ArrayOf().Select(string.Concat),
        Gen.Elements(
            "\u001b]52;c;cm0gLXJm\a", "\r\nHTTP 200", "fdp\u202Eexe", "\0\b\f", "\u009b31m", new string('x', 5000), "\uD83D",
            "\uDC4D\uD83D", "👍", "\U000E0041", "\uDB40", "محمد\u200F")
            .ArrayOf().Select(string.Concat)).ToArbitrary();

    private static void Holds(Func<string, bool> law) => Prop.ForAll(Texts, law).Check(Law.Times(1000));

    [Fact]
    public void It_is_one_line_that_does_nothing_to_a_terminal() => Holds(text =>
        !VisibleText.OneLine(text).Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')));

    [Fact]
    public void It_is_never_longer_than_its_bound_and_says_what_was_cut() => Holds(text =>
        VisibleText.OneLine(text) is { Length: <= VisibleText.MostWords } shown
        && VisibleText.OneLine(text, 100).Length <= 100
        && (text.Length <= VisibleText.MostWords || shown.EndsWith(" more characters]", StringComparison.Ordinal)));

    [Fact]
    public void To_do_it_twice_changes_nothing() => Holds(text =>
        VisibleText.OneLine(VisibleText.OneLine(text)) == VisibleText.OneLine(text)
            && VisibleText.OneLine(VisibleText.OneLine(text, 60), 60) == VisibleText.OneLine(text, 60));

    [Fact]
    public void It_ends_and_begins_with_whole_characters() => Holds(text =>
    {
        var shown = VisibleText.OneLine(text, 50);
        for (var i = 0; i < shown.Length; i++)
        {
            if (char.IsSurrogate(shown[i]) && !(char.IsHighSurrogate(shown[i]) && i + 1 < shown.Length && char.IsLowSurrogate(shown[++i])))
            {
                return false;
            }
        }

        return true;
    });

    [Theory]
    [InlineData("Zoom says no.", "Zoom says no.")]
    [InlineData("one\r\ntwo\tthree", "one[U+000D][U+000A]two three")]
    [InlineData("\u001b[2J", "[U+001B][2J")]
    [InlineData("a\u202Eb\u0085c", "a[U+202E]b[U+0085]c")]
    [InlineData("محمد\u200F 👍 é", "محمد\u200F 👍 é")]
    [InlineData("Sales\U000E0041\U000E007F\u3164", "Sales[U+E0041][U+E007F][U+3164]")]
    [InlineData("辻\U000E0100", "辻\U000E0100")]
    public void What_is_harmless_stays_and_the_rest_is_seen(string text, string shown) => Assert.Equal(shown, VisibleText.OneLine(text));

    [Fact]
    public void The_cut_is_said()
    {
        var shown = VisibleText.OneLine(new string('x', 1_000_000));
        Assert.Equal(2000, shown.Length);
        Assert.EndsWith("x... [cut: 998033 more characters]", shown, StringComparison.Ordinal);
    }
}
