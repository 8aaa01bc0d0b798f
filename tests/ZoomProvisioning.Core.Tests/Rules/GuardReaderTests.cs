using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using static ZoomProvisioning.Tests.Rules.RuleTrees;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>The settings that keep people from harm, as they are read, each at its borders.</summary>
public class GuardReaderTests
{
    private static readonly string[] KindNames =
        ["disable", "delete", "licenseLoss", "groupLeave", "reactivate", "rename", "clear", "create", "update"];

    public static TheoryData<GuardKind> Kinds => [.. GuardLimits.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_limit_of_a_kind_is_read_and_the_other_kinds_stay(GuardKind kind)
    {
        var limits = Read(Rule(("guard", T(("limits", T((KindNames[(int)kind], T(("max", 1), ("maxPercent", 2), ("perDay", 3), ("perDayPercent", 4)))))))))
            .Guard;
        Assert.Equal(new GuardLimit { Max = 1, MaxPercent = 2, PerDay = 3, PerDayPercent = 4 }, limits[kind]);
        Assert.All(GuardLimits.Kinds.Where(k => k != kind), k => Assert.Equal(new GuardLimits()[k], limits[k]));
    }

    [Theory]
    [InlineData("max", 7)]
    [InlineData("maxPercent", 7)]
    [InlineData("perDay", 7)]
    [InlineData("perDayPercent", 7)]
    public void One_limit_alone_leaves_the_others_as_they_are(string setting, int value)
    {
        var limit = Read(Rule(("guard", T(("limits", T(("disable", T((setting, value))))))))).Guard[GuardKind.Disable];
        var expected = new GuardLimits()[GuardKind.Disable];
        Assert.Equal(
            setting switch
            {
                "max" => expected with { Max = value },
                "maxPercent" => expected with { MaxPercent = value },
                "perDay" => expected with { PerDay = value },
                _ => expected with { PerDayPercent = value },
            },
            limit);
    }

    [Theory]
    [InlineData("maxDisable", GuardKind.Disable, 7, null)]
    [InlineData("maxDisablePercent", GuardKind.Disable, null, 7)]
    [InlineData("maxDelete", GuardKind.Delete, 7, null)]
    [InlineData("maxDeletePercent", GuardKind.Delete, null, 7)]
    public void The_short_forms_of_the_first_version_stay(string setting, GuardKind kind, int? max, int? percent)
    {
        var limits = Read(Rule(("guard", T((setting, 7))))).Guard;
        var usual = new GuardLimits()[kind];
        Assert.Equal(usual with { Max = max ?? usual.Max, MaxPercent = percent ?? usual.MaxPercent }, limits[kind]);
        Assert.All(GuardLimits.Kinds.Where(k => k != kind), k => Assert.Equal(new GuardLimits()[k], limits[k]));
    }

    [Theory]
    [InlineData("maxDisable", "disable", "max")]
    [InlineData("maxDisablePercent", "disable", "maxPercent")]
    [InlineData("maxDelete", "delete", "max")]
    [InlineData("maxDeletePercent", "delete", "maxPercent")]
    public void A_short_form_and_its_long_one_exclude_each_other(string shortForm, string kind, string longForm)
    {
        Assert.Equal(
            [$"guard.{shortForm}: the same stands as guard.limits.{kind}.{longForm}; leave one of them out"],
            MistakesIn(Rule(("guard", T((shortForm, 5), ("limits", T((kind, T((longForm, 5))))))))));
        Assert.Empty(MistakesIn(Rule(("guard", T((shortForm, 5), ("limits", T((kind, T(("perDay", 5))), ("rename", T((longForm, 5))))))))));
    }

    [Theory]
    [InlineData("guard", "maxDisable", 0.0, true)]
    [InlineData("guard", "maxDisable", 1_000_000.0, true)]
    [InlineData("guard", "maxDisable", 1_000_001.0, false)]
    [InlineData("guard", "maxDisable", -1.0, false)]
    [InlineData("guard", "maxDisable", 1.5, false)]
    [InlineData("guard", "maxDisablePercent", 0.0, true)]
    [InlineData("guard", "maxDisablePercent", 1.5, true)]
    [InlineData("guard", "maxDisablePercent", 100.0, true)]
    [InlineData("guard", "maxDisablePercent", 100.1, false)]
    [InlineData("guard", "maxSourceShrinkPercent", 100.0, true)]
    [InlineData("guard", "maxSourceShrinkPercent", 101.0, false)]
    [InlineData("source", "minimumRecords", 1_000_000.0, true)]
    [InlineData("source", "minimumRecords", 1_000_001.0, false)]
    [InlineData("source", "minimumRecords", 1.5, false)]
    [InlineData("source", "maximumAgeHours", 0.5, true)]
    [InlineData("source", "maximumAgeHours", 876_000.0, true)]
    [InlineData("source", "maximumAgeHours", 876_001.0, false)]
    [InlineData("leavers", "missingRuns", 0.0, false)]
    [InlineData("leavers", "missingRuns", 1.0, true)]
    [InlineData("leavers", "missingRuns", 1000.0, true)]
    [InlineData("leavers", "missingRuns", 1001.0, false)]
    [InlineData("leavers", "missingDays", 0.5, true)]
    [InlineData("leavers", "missingDays", 36_500.0, true)]
    [InlineData("leavers", "missingDays", 36_501.0, false)]
    [InlineData("leavers", "deleteAfterDays", 36_500.0, true)]
    [InlineData("leavers", "deleteAfterDays", 36_501.0, false)]
    public void A_number_has_its_borders(string table, string setting, double value, bool isPossible)
    {
        var mistakes = MistakesIn(Rule((table, T((setting, value)))));
        Assert.Equal(isPossible ? 0 : 1, mistakes.Length);
        Assert.All(mistakes, m => Assert.StartsWith($"{table}.{setting}: ", m, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_source_must_be_like_is_read()
    {
        var source = Read(Rule(("source", T(("minimumRecords", 3), ("maximumAgeHours", 1.5), ("endMarker", "END"))))).Source;
        Assert.Equal((3, 1.5, "END", null), (source.MinimumRecords, source.MaximumAgeHours, source.EndMarker, source.Ldap));
        var nothing = Read(Rule()).Source;
        Assert.Equal((null, null, null, null), (nothing.MinimumRecords, nothing.MaximumAgeHours, nothing.EndMarker, nothing.Ldap));
    }

    [Theory]
    [InlineData("boss@example.com", "boss@example.com", null)]
    [InlineData("manager", "manager", null)]
    [InlineData("MANAGER", "manager", null)]
    [InlineData("boss", null, "leavers.transferTo: 'boss' is neither an address nor the word manager")]
    [InlineData("", null, "leavers.transferTo: the text is empty")]
    public void Data_goes_to_an_address_or_to_the_manager(string to, string? read, string? mistake)
    {
        var rule = Rule(("leavers", T(("transferTo", to))));
        Assert.Equal(mistake is null ? [] : [mistake], MistakesIn(rule));
        Assert.True(mistake is not null || Read(rule).Leavers.TransferTo == read);
    }

    [Fact]
    public void The_stages_of_leavers_are_read_and_null_is_none()
    {
        var leavers = Read(Rule(("leavers", T(("missingRuns", 2), ("missingDays", 1.5), ("deleteAfterDays", 30), ("transferTo", "manager"))))).Leavers;
        Assert.Equal((2, 1.5, 30.0, "manager"), (leavers.MissingRuns, leavers.MissingDays, leavers.DeleteAfterDays, leavers.TransferTo));
        var none = Read(Rule(("leavers", T(("deleteAfterDays", null), ("transferTo", null))))).Leavers;
        Assert.Equal((null, 0.0, null, null), (none.MissingRuns, none.MissingDays, none.DeleteAfterDays, none.TransferTo));
    }

    public static TheoryData<object?, string[]> ExceptionMistakes => new()
    {
        { L(T(("user", "a"), ("reason", "b"))), [] },
        { T(("user", "a"), ("reason", "b")), [] },
        { L(T(("user", "a"), ("reason", "b"), ("until", null))), [] },
        { L(T(("reason", "b"))), ["exceptions[0]: the exception does not say whom it is about (user)"] },
        { L(T(("user", "a"))), ["exceptions[0]: the exception does not say why (reason); whoever reads it in a year wants to know"] },
        { L(T(("user", "a")), T(("user", "a"), ("reason", "b"))),
            ["exceptions[0]: the exception does not say why (reason); whoever reads it in a year wants to know"] },
        { L(T(("user", "a"), ("reason", "b")), T(("user", "A"), ("reason", "c"))), ["exceptions[1]: 'A' stands twice"] },
        { L(T(("user", "a"), ("reason", "b"), ("until", "31.03.2027"))), ["exceptions[0].until: '31.03.2027' is no day; write it as 2027-03-31"] },
        { L(T(("user", "a"), ("reason", "b"), ("until", "2027-02-30"))), ["exceptions[0].until: '2027-02-30' is no day; write it as 2027-03-31"] },
        { L("a"), ["exceptions[0]: the text 'a' stands where a table is expected"] },
        { "a", ["exceptions: the text 'a' stands where a list of tables { user, reason, until } is expected"] },
    };

    [Theory]
    [MemberData(nameof(ExceptionMistakes))]
    public void An_exception_says_whom_why_and_until_when(object? exceptions, string[] mistakes) =>
        Assert.Equal(mistakes, MistakesIn(Rule(("exceptions", exceptions))));

    [Fact]
    public void Exceptions_are_read_in_their_order()
    {
        var found = Read(Rule(("exceptions", L(T(("user", "b"), ("reason", "on leave"), ("until", "2027-03-31")), T(("user", "a"), ("reason", "guest"))))))
            .Exceptions;
        Assert.Equal(
            [("b", "on leave", (DateTime?)new DateTime(2027, 3, 31)), ("a", "guest", null)],
            found.Select(e => (e.User, e.Reason, e.Until)));
        Assert.Equal("a", Assert.Single(Read(Rule(("exceptions", T(("user", "a"), ("reason", "b"))))).Exceptions).User);
    }
}
