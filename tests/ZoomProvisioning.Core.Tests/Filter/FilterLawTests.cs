using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZoomProvisioning.Filter;

namespace ZoomProvisioning.Tests.Filter;

/// <summary>What must hold for every filter and every record.</summary>
public class FilterLawTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    private static readonly Gen<string> Literal = Gen.Elements("\"x\"", "\"X y\"", "\"\"", "1", "2.5", "true", "false", "null", "\"2024-01-01\"");

    private static readonly Gen<string> Comparison =
        from name in Gen.Elements(Names.Append("missing").ToArray())
        from comparison in Gen.Elements("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "pr")
        from literal in comparison is "eq" or "ne" ? Literal : Literal.Where(l => l[0] is '"' or '1' or '2')
        select comparison == "pr" ? $"{name} pr" : $"{name} {comparison} {literal}";

    private static readonly Gen<object?> Value = Gen.Elements<object?>(
        null, "", "x", "X Y", "1", "true", 1, 2.5, true, false, new object?[] { "x", 1 }, Array.Empty<object>(), new DateTime(2024, 1, 1), "2024-01-01");

    private static readonly Arbitrary<FakeRecord> Records =
        (from values in Value.ListOf(Names.Length)
         select new FakeRecord("System.Object", Names.Zip(values, (n, v) => (n, (object?)v)).ToArray())).ToArbitrary();

    private static Gen<string> Filter(int depth) => depth == 0
        ? Comparison
        : Gen.OneOf(
            Comparison,
            from left in Filter(depth - 1) from right in Filter(depth - 1) select $"({left}) and ({right})",
            from left in Filter(depth - 1) from right in Filter(depth - 1) select $"({left}) or ({right})",
            from inner in Filter(depth - 1) select $"not ({inner})");

    private static void Holds(Func<string, string, FakeRecord, bool> law) =>
        Prop.ForAll(Filter(2).ToArbitrary(), Filter(2).ToArbitrary(), Records, law).Check(Law.Times(300));

    /// <summary>Null where the record has a value that cannot be ordered as the filter wants.</summary>
    private static bool? Fits(string filter, FakeRecord record)
    {
        try
        {
            return RecordFilter.Parse(filter).Matches(record);
        }
        catch (FilterValueException)
        {
            return null;
        }
    }

    [Fact]
    public void Not_is_the_opposite() => Holds((f, _, r) => Fits($"not ({f})", r) == !Fits(f, r));

    [Fact]
    public void And_and_or_mean_what_they_say() => Holds((f, g, r) =>
        Fits(f, r) is not { } left || Fits(g, r) is not { } right
        || (Fits($"({f}) and ({g})", r) == (left && right) && Fits($"({f}) or ({g})", r) == (left || right)));

    [Fact]
    public void And_binds_stronger_than_or() => Holds((f, g, r) => Fits($"a pr or ({f}) and ({g})", r) == Fits($"a pr or (({f}) and ({g}))", r));

    [Fact]
    public void Ne_is_the_opposite_of_eq() => Prop.ForAll(Gen.Elements(Names).ToArbitrary(), Literal.ToArbitrary(), Records,
        (name, literal, r) => Fits($"{name} ne {literal}", r) == !Fits($"{name} eq {literal}", r)).Check(Law.Times(100));

    [Fact]
    public void A_property_is_present_exactly_when_it_is_not_null() => Prop.ForAll(Gen.Elements(Names).ToArbitrary(), Records,
        (name, r) => Fits($"{name} pr", r) == Fits($"{name} ne null", r)).Check(Law.Times(100));

    [Fact]
    public void Case_and_spacing_do_not_matter() => Holds((f, _, r) =>
        Fits(f.ToUpperInvariant().Replace(" ", "  ").Replace("\"X  Y\"", "\"X Y\""), r) == Fits(f, r));

    [Fact]
    public void Any_text_is_a_filter_or_a_mistake_with_a_place_in_it() => Prop.ForAll<string>(text =>
    {
        try
        {
            RecordFilter.Parse(text ?? string.Empty);
            return true;
        }
        catch (FilterSyntaxException mistake)
        {
            return mistake.Position >= 0 && mistake.Position <= (text ?? string.Empty).Length;
        }
    }).Check(Law.Times(2000));

    [Fact]
    public void Any_part_of_a_filter_is_a_filter_or_a_mistake() => Prop.ForAll(Filter(2).ToArbitrary(), Gen.Choose(0, 40).ToArbitrary(), (f, cut) =>
    {
        var part = f.Substring(0, Math.Min(cut, f.Length));
        try
        {
            RecordFilter.Parse(part);
        }
        catch (FilterSyntaxException mistake)
        {
            return mistake.Position <= part.Length;
        }

        return true;
    }).Check(Law.Times(500));
}
