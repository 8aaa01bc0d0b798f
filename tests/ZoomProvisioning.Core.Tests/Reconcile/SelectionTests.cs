using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Reconcile;

/// <summary>A run about a few people (-Only): who is meant, and which questions a source cannot answer.</summary>
public class SelectionTests
{
    private const string Guid = "0fcb9b0a-6a2b-4a6e-9c41-6f0c7a1f0a11";

    private static readonly ProvisioningRule Rule = new("rule") { Guard = new GuardLimits { MaxSourceShrinkPercent = 20 } };

    private static DesiredUser Wish(string userName, string? mail = null, string? before = null, string? anchor = null, string? zoomId = null) =>
        new(new ScimUser { UserName = userName, Email = mail ?? userName }) { Label = userName, CurrentUserName = before, Anchor = anchor, ZoomId = zoomId };

    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData(" ADA@example.com ", true)]
    [InlineData("mail@example.com", true)]
    [InlineData("before@example.com", true)]
    [InlineData("anchor", true)]
    [InlineData("ANCHOR", false)]
    [InlineData("zoom-id", true)]
    [InlineData("ZOOM-ID", false)]
    [InlineData("ben@example.com", false)]
    [InlineData("", false)]
    public void A_person_of_the_source_is_meant_by_name_mail_anchor_or_id(string who, bool isMeant) =>
        Assert.Equal(isMeant, new Selection([who]).Includes(Wish("ada@example.com", "mail@example.com", "before@example.com", "anchor", "zoom-id")));

    [Theory]
    [InlineData(Guid)]
    [InlineData("{0FCB9B0A-6A2B-4A6E-9C41-6F0C7A1F0A11}")]
    [InlineData("0fcb9b0a6a2b4a6e9c416f0c7a1f0a11")]
    public void An_anchor_is_the_same_in_every_spelling(string who) => Assert.True(new Selection([who]).Includes(Wish("ada@example.com", anchor: Guid)));

    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData("the label", true)]
    [InlineData("anchor", true)]
    [InlineData("zoom-id", true)]
    [InlineData("ben@example.com", false)]
    public void So_is_a_record_that_cannot_be_used(string who, bool isMeant)
    {
        var problem = new SourceProblem("the label", "ada@example.com", "anchor", new ScimRecordException("Zoom.Some", "broken"), null) { ZoomId = "zoom-id" };
        Assert.Equal(isMeant, new Selection([who]).Includes(problem));
        var unnamed = new SourceProblem("the label", null, null, new ScimRecordException("Zoom.Some", "broken"), null);
        Assert.Equal(who == "the label", new Selection([who]).Includes(unnamed));
    }

    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData("anchor", true)]
    [InlineData("zoom-id", true)]
    [InlineData("seen@example.com", true)]
    [InlineData("mail@example.com", true)]
    [InlineData("ben@example.com", false)]
    public void So_is_somebody_of_the_ledger_under_any_name_the_rule_has_seen(string who, bool isMeant)
    {
        var entry = new LedgerEntry("zoom-id", "ada@example.com", LedgerOrigin.Created, default)
        {
            Anchor = "anchor",
            Seen = new ScimUser { UserName = "seen@example.com", Email = "mail@example.com" },
        };
        Assert.Equal(isMeant, new Selection([who]).Includes(entry));
    }

    [Theory]
    [InlineData("wish@example.com", true)]
    [InlineData("user@example.com", true)]
    [InlineData("user-id", true)]
    [InlineData("entry@example.com", true)]
    [InlineData("candidate", true)]
    [InlineData("other", false)]
    public void So_is_whoever_a_record_is_or_may_be_about(string who, bool isMeant)
    {
        var correlation = new Correlation(
            Wish("wish@example.com"),
            CorrelationSituation.Linked,
            new ScimUser { Id = "user-id", UserName = "user@example.com" },
            new LedgerEntry("entry-id", "entry@example.com", LedgerOrigin.Created, default),
            "reason")
        { Candidates = ["candidate"] };
        Assert.Equal(isMeant, new Selection([who]).Includes(correlation));
        var unknown = new Correlation(Wish("wish@example.com"), CorrelationSituation.Unmatched, null, null, "reason");
        Assert.Equal(who == "wish@example.com", new Selection([who]).Includes(unknown));
    }

    /// <summary>Who the ledger knows, and a source of so many others.</summary>
    private static string? Refusal(string who, int records, int? before = null, bool known = true, bool outOfScope = false, bool unusable = false,
        ProvisioningRule? rule = null)
    {
        var ledger = new Ledger("account", "rule") { LastSourceCount = before };
        for (var i = 0; i < 9; i++)
        {
            ledger.Put(new LedgerEntry($"id-p{i}", $"p{i}@example.com", LedgerOrigin.Created, default));
        }

        if (known)
        {
            ledger.Put(new LedgerEntry("id-gone", "gone@example.com", LedgerOrigin.Created, default));
        }

        var people = Enumerable.Range(0, records).Select(i => Wish($"p{i}@example.com")).ToList();
        var source = new SourceSnapshot(
            people,
            outOfScope ? [Wish("gone@example.com")] : [],
            unusable ? [new SourceProblem("gone@example.com", null, null, new ScimRecordException("Zoom.Some", "broken"), null)] : []);
        var correlations = new Correlator(rule ?? Rule, new AccountSnapshot([], isComplete: true), ledger).Correlate(people);
        try
        {
            new Selection([who]).Require(rule ?? Rule, source, ledger, correlations);
            return null;
        }
        catch (ScimRecordException exception)
        {
            Assert.Equal("ObjectNotFound", exception.Category);
            Assert.NotEmpty(exception.RecommendedAction);
            return exception.Message;
        }
    }

    [Theory]
    [InlineData("p0@example.com", 1)]
    [InlineData("p0@example.com", 9)]
    public void Who_is_in_the_source_may_be_asked_for_whatever_else_is_in_it(string who, int records) => Assert.Null(Refusal(who, records));

    [Theory]
    // Ten are managed, and a source may shrink by a fifth.
    [InlineData(8, null, false)]
    [InlineData(7, null, true)]
    [InlineData(7, 8, false)]
    [InlineData(7, 9, true)]
    [InlineData(0, 0, true)]
    public void Whoever_is_missing_has_left_only_when_the_source_is_whole(int records, int? before, bool isRefused)
    {
        var refusal = Refusal("gone@example.com", records, before);
        Assert.Equal(isRefused, refusal is not null);
        Assert.True(refusal is null || refusal.StartsWith(
            $"'gone@example.com' is not in the source, which has {records} people in scope where the rule 'rule' manages 10. Only a whole source",
            StringComparison.Ordinal));
    }

    [Fact]
    public void Whoever_nobody_knows_and_whoever_was_never_in_scope_is_told_so()
    {
        Assert.StartsWith("Nobody is called 'x@example.com'", Refusal("x@example.com", 9), StringComparison.Ordinal);
        Assert.Contains("not in the scope of the rule 'rule'", Refusal("gone@example.com", 1, known: false, outOfScope: true), StringComparison.Ordinal);
        Assert.Null(Refusal("gone@example.com", 1, outOfScope: true));
        Assert.Null(Refusal("gone@example.com", 1, known: false, unusable: true));
        Assert.StartsWith("Nobody is called 'gone@example.com'", Refusal("gone@example.com", 9, rule: BuiltInRule.Create(new GuardLimits())),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_for_one_person_is_about_nobody_else_neither_joiner_nor_leaver_nor_record()
    {
        var scene = new PlanScene { Only = new Selection(["ada@example.com"]) };
        scene.Knows("1", "ada", "a");
        scene.Knows("2", "ben", "b");
        var plan = scene.Plan(new SourceSnapshot(
            [PlanScene.Person("ada", "a", more: u => u.Department = "Legal"), PlanScene.Person("cy", "c")], [], [PlanScene.Broken("dan", "d")]));
        Assert.Equal("Update ada", PlanScene.Story(plan));
    }

    [Fact]
    public void An_empty_word_asks_for_nobody()
    {
        var selection = new Selection([" ", string.Empty]);
        Assert.Null(Record.Exception(() => selection.Require(Rule, new SourceSnapshot([], [], []), new Ledger("account", "rule"), [])));
    }
}
