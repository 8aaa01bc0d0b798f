using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Xunit;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.State;

/// <summary>What a ledger keeps of somebody in detail: names, memberships, what Zoom cannot show, whom a plan has read, and since when.</summary>
public sealed class LedgerDetailTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Ledger _ledger = new("account", "rule");
    private readonly LedgerFold _fold;
    private long _number;

    public LedgerDetailTests() => _fold = new LedgerFold(_ledger);

    private LedgerEntry Ada => _ledger.Find("1")!;

    private static ScimObject User(Action<ScimUser>? more = null)
    {
        var user = new ScimUser { Id = "1", UserName = "ada@example.com", Active = true };
        more?.Invoke(user);
        return user.Attributes;
    }

    private static JournalEntry Sent(WriteKind request, Action<ScimUser>? body = null)
    {
        var user = new ScimUser();
        body?.Invoke(user);
        return new JournalEntry(JournalKind.Intent) { Request = request, ZoomId = "1", Body = body is null ? null : user.Attributes };
    }

    private long Line(JournalEntry entry, LedgerFold? fold = null)
    {
        (fold ?? _fold).Apply(entry with { Number = ++_number, At = Noon.AddMinutes(_number) });
        return _number;
    }

    /// <summary>A request, and what became of it.</summary>
    private void Asked(
        JournalEntry intent,
        ChangeOutcome outcome = ChangeOutcome.Done,
        ScimObject? after = null,
        JournalKind kind = JournalKind.Outcome,
        LedgerFold? fold = null)
    {
        var number = Line(intent, fold);
        Line(new JournalEntry(kind) { Answers = number, Outcome = outcome, After = after, ZoomId = "1" }, fold);
    }

    private void Knows(Action<LedgerEntry>? more = null)
    {
        var entry = new LedgerEntry("1", "ada@example.com", LedgerOrigin.Created, default) { Seen = new ScimUser(User(), UserDetail.Read) };
        more?.Invoke(entry);
        _ledger.Put(entry);
    }

    private static string Names(ScimObject attributes) =>
        string.Join(" ", attributes.Names.OrderBy(n => n, StringComparer.Ordinal).Select(n => $"{n}={attributes[n]}"));

    [Theory]
    // Well, badly, neither; s: somebody said that the rule goes on; other lines change nothing.
    [InlineData("", 0)]
    [InlineData("bad", 1)]
    [InlineData("bad bad other bad", 3)]
    [InlineData("bad neither bad", 2)]
    [InlineData("bad bad well", 0)]
    [InlineData("bad well bad", 1)]
    [InlineData("bad bad resumed", 0)]
    [InlineData("bad resumed bad", 1)]
    [InlineData("bad not-resumed", 1)]
    public void Runs_in_trouble_are_counted_until_one_goes_well_or_somebody_says_that_it_goes_on(string runs, int troubled)
    {
        foreach (var run in runs.Split([' '], StringSplitOptions.RemoveEmptyEntries))
        {
            Line(run switch
            {
                "well" or "bad" or "neither" => new JournalEntry(JournalKind.RunEnded) { WentWell = run == "neither" ? null : run == "well" },
                "other" => new JournalEntry(JournalKind.Present),
                _ => new JournalEntry(JournalKind.RunStarted) { Resumes = run == "resumed" },
            });
        }

        Assert.Equal(troubled, _ledger.TroubledRuns);
    }

    [Fact]
    public void After_a_line_that_is_lost_everybody_is_read_and_nobody_has_been_missed()
    {
        Knows(e => (e.MissingRuns, e.MissingSince) = (2, Noon));
        Line(new JournalEntry(JournalKind.Lost));
        Line(new JournalEntry(JournalKind.Lost));
        Assert.Equal((2, 0, null, true), (_ledger.LostLines, Ada.MissingRuns, Ada.MissingSince, Ada.MustRead));
    }

    [Fact]
    public void What_a_later_run_read_of_the_source_and_a_later_link_says_of_somebody_takes_the_place_of_what_was_known()
    {
        Line(new JournalEntry(JournalKind.RunEnded) { SourceCount = 1, Properties = ["Mail"] });
        Line(new JournalEntry(JournalKind.RunEnded) { SourceCount = 1, Properties = ["Mail", "Title"] });
        Assert.Equal(["Mail", "Title"], _ledger.SourceProperties);

        Line(new JournalEntry(JournalKind.Linked) { ZoomId = "1", UserName = "ada", Anchor = "a1", Origin = LedgerOrigin.Created });
        Line(new JournalEntry(JournalKind.Linked) { ZoomId = "1", Anchor = "a2", Origin = LedgerOrigin.Adopted });
        Assert.Equal(("ada", "a2", LedgerOrigin.Created), (Ada.UserName, Ada.Anchor, Ada.Origin));
        Asked(Sent(WriteKind.Update) with { Anchor = "a3" });
        Assert.Equal("a3", Ada.Anchor);
        Asked(Sent(WriteKind.Update));
        Assert.Equal("a3", Ada.Anchor);
    }

    [Theory]
    [InlineData(WriteKind.Activate, "UserType=Licensed")]
    [InlineData(WriteKind.Update, "")]
    [InlineData(WriteKind.Deactivate, "")]
    public void What_somebody_held_before_others_took_it_is_kept_when_the_rule_brings_them_back(WriteKind request, string held)
    {
        Knows(e => e.Seen = new ScimUser(User(u => u.UserType = "Licensed"), UserDetail.Read));
        Asked(Sent(request), after: User(u => u.UserType = "Basic"));
        Assert.Equal(held, string.Join(" ", Ada.LicensesBefore.Select(l => $"{l.Key}={l.Value}")));
    }

    [Theory]
    [InlineData(WriteKind.AddToGroup, ChangeOutcome.Done, JournalKind.Outcome, "g1 Sales True; g2 g2 True")]
    [InlineData(WriteKind.RemoveFromGroup, ChangeOutcome.Done, JournalKind.Settled, "g1 Sales False; g2 g2 False")]
    [InlineData(WriteKind.AddToGroup, ChangeOutcome.Unknown, JournalKind.Outcome, "g1 Sales False; g2 g2 False")]
    [InlineData(WriteKind.RemoveFromGroup, ChangeOutcome.Done, JournalKind.Outcome, "")]
    public void A_group_is_called_by_its_name_else_by_its_id(WriteKind request, ChangeOutcome outcome, JournalKind kind, string groups)
    {
        Knows();
        Asked(Sent(request) with { GroupId = "g1", GroupName = "Sales" }, outcome, kind: kind);
        Asked(Sent(request) with { GroupId = "g2" }, outcome, kind: kind);
        Assert.Equal(groups, string.Join("; ", Ada.Groups.Select(g => $"{g.Key} {g.Value.Name} {g.Value.IsCertain}")));
    }

    [Fact]
    public void What_Zoom_does_not_show_is_taken_to_be_as_sent_and_never_to_be_ignored()
    {
        // A read tells a type only where there is one, and never a title.
        Knows();
        Asked(Sent(WriteKind.Update, u => (u.UserType, u.Title) = ("Licensed", "Boss")), after: User());
        Assert.Equal(("Title=Boss UserType=Licensed", false), (Names(Ada.Untold), Ada.HasIgnored));
        Asked(Sent(WriteKind.Update, u => u.UserType = "Licensed"), after: User(u => u.UserType = "Basic"));
        Assert.Equal(new IgnoredValue("Licensed", "Basic"), Ada.Ignored["UserType"]);
    }

    [Fact]
    public void Of_somebody_whom_nobody_has_seen_all_is_kept_that_was_sent()
    {
        Asked(Sent(WriteKind.Create, u => u.Department = "Sales") with { ZoomId = null });
        Assert.Equal(("Department=Sales", null, true), (Names(Ada.Untold), Ada.Seen, Ada.MustRead));
    }

    [Fact]
    public void What_the_rule_only_writes_is_kept_as_sent_whatever_Zoom_shows()
    {
        var rule = new ProvisioningRule("rule")
        {
            Attributes = new Dictionary<string, AttributeRule>(StringComparer.OrdinalIgnoreCase)
            {
                ["Department"] = new(AttributeSource.Nothing) { WriteOnly = true },
                ["CostCenter"] = new(AttributeSource.Nothing),
            },
        };
        Knows();
        Asked(
            Sent(WriteKind.Update, u => (u.Department, u.CostCenter) = ("Legal", "42")),
            after: User(u => (u.Department, u.CostCenter) = ("Sales", "1")),
            fold: new LedgerFold(_ledger, rule));
        Assert.Equal(("Department=Legal", "CostCenter"), (Names(Ada.Untold), Assert.Single(Ada.Ignored).Key));
    }

    [Fact]
    public void What_a_later_run_finds_done_and_nobody_can_see_is_forgotten_and_so_sent_again()
    {
        Knows(e => e.Untold["Title"] = "Boss");
        Asked(Sent(WriteKind.Update, u => u.Title = "Chief"), after: User(), kind: JournalKind.Settled);
        Assert.False(Ada.HasUntold);
    }

    [Fact]
    public void What_Zoom_did_not_take_is_tried_again_once_it_shows_something_else()
    {
        var entry = new LedgerEntry("1", "ada", LedgerOrigin.Created, default);
        var user = new ScimUser(User(u => (u.Department, u.CostCenter) = ("Art", "1")), UserDetail.Read);
        entry.See(user);
        Assert.Equal((user, false), (entry.Seen, entry.HasIgnored));
        entry.Ignored["Department"] = new IgnoredValue("Legal", "Sales");
        entry.Ignored["CostCenter"] = new IgnoredValue("2", "1");
        entry.Ignored["Title"] = new IgnoredValue("Boss", "Chief");
        entry.See(user);
        Assert.Equal(["CostCenter", "Title"], entry.Ignored.Keys.OrderBy(k => k, StringComparer.Ordinal));
    }

    [Fact]
    public void Whom_a_plan_before_has_read_is_known_where_Zoom_says_when_they_changed_last()
    {
        static ScimUser Read(string? id, string? changed, string name = "x")
        {
            var user = new ScimUser { UserName = name, Attributes = { ["meta"] = new ScimObject { ["lastModified"] = changed } } };
            if (id is not null)
            {
                user.Id = id;
            }

            return user;
        }

        var (first, again) = (Read("1", "t1"), Read("1", "t2"));
        _ledger.Recall(new AccountReads("account", Noon, [first, again, Read("2", null), Read(null, "t1"), new ScimUser { Id = "3" }]));
        Assert.Equal(Noon, _ledger.RecalledFrom);
        Assert.Same(again, Assert.Single(_ledger.Seen("1")));
        Assert.Empty(_ledger.Seen("2").Concat(_ledger.Seen("3")));

        // What is from a plan is not this ledger's own.
        var (seen, bystander) = (new ScimUser { Id = "1" }, new ScimUser { Id = "2" });
        Knows(e => e.Seen = seen);
        _ledger.Bystanders = [bystander];
        Assert.Equal([seen, again], _ledger.Seen("1"));
        ScimUser[] asked = [seen, again, bystander, new ScimUser { Id = "2", UserName = "other" }, new ScimUser { Id = "3" }];
        Assert.Equal([true, false, true, false, false], asked.Select(_ledger.Knows));

        _ledger.Recall(null);
        Assert.Null(_ledger.RecalledFrom);
        Assert.Equal([seen], _ledger.Seen("1"));
    }

    [Theory]
    [InlineData(null, 0, 0)]
    [InlineData(0, 60, 0)]
    [InlineData(0, -5, 0)]
    [InlineData(0, -6, 6)]
    public void A_clock_is_set_back_when_it_goes_back_by_more_than_five_minutes(int? last, int now, int by) =>
        Assert.Equal(TimeSpan.FromMinutes(by), LedgerDates.SetBack(last is { } l ? Noon.AddMinutes(l) : null, Noon.AddMinutes(now)));

    [Theory]
    // Hours by the clock, one after the other; at the one with a sign somebody is removed: when by the clock in the end, and until when it is wrong.
    [InlineData("0 -24 0", null, null)]
    [InlineData("!0 -24", -24, 0)]
    [InlineData("!0 -24 -48 -30", -48, 0)]
    [InlineData("!0 -24 -1", -24, 0)]
    [InlineData("!0 -24 0", 0, null)]
    [InlineData("!-30 0 -24 1", -6, null)]
    [InlineData("!-30 0 -24 -48 1", 0, null)]
    [InlineData("0 -24 !-2 0", 0, null)]
    [InlineData("0 -24 !-23 3", 1, null)]
    public void A_date_follows_the_clock_back_and_forth_and_is_never_yet_to_come(string hours, int? after, int? rightFrom)
    {
        Knows();
        foreach (var said in hours.Split(' '))
        {
            var now = Noon.AddHours(int.Parse(said.TrimStart('!'), CultureInfo.InvariantCulture));
            LedgerDates.Follow(_ledger, now);
            Ada.RemovedAt = said[0] == '!' ? now : Ada.RemovedAt;
        }

        Assert.Equal(after is { } a ? Noon.AddHours(a) : null, Ada.RemovedAt);
        Assert.Equal(rightFrom is { } r ? Noon.AddHours(r) : null, _ledger.SetBackFrom);
    }
}
