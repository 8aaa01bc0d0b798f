using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Tests.Runs;

/// <summary>Who needs attention and why, grouped: each outcome, and where one group ends and the next begins.</summary>
public class AttentionTests
{
    private static readonly ProvisioningRule Rule = new("rule") { Protected = new ProtectedUsers(["vip@example.com"]) };

    private static ScimUser User(string name, params string[] roles)
    {
        var user = new ScimUser { Id = "id-" + name, UserName = name };
        if (roles.Length > 0)
        {
            user.Roles = roles;
        }

        return new ScimUser(user.Attributes, UserDetail.Read);
    }

    private static ChangeResult Result(
        ChangeOutcome outcome, string name = "ada@example.com", PlanAction action = PlanAction.Update, string reason = "because", ScimException? error = null,
        bool stale = false, string? exception = null, bool leaves = false, ScimUser? user = null, string[]? unmet = null) =>
        new(name, action, outcome, reason)
        {
            Error = error,
            IsStale = stale,
            Unmet = unmet ?? [],
            Planned = new PlannedChange(action, name, reason) { Exception = exception, Leaves = leaves, Current = user ?? User(name) },
        };

    private static ScimBadRequestException Error(string words = "it broke", string id = "Zoom.Some.Error", string advice = "") =>
        new ScimBadRequestException(id, words) { RecommendedAction = advice };

    private static AttentionGroup One(ChangeResult result) => Assert.Single(Attention.Of([result], Rule));

    [Theory]
    [InlineData(ChangeOutcome.Failed, PlanAction.Update, false, AttentionKind.Failed)]
    [InlineData(ChangeOutcome.Unknown, PlanAction.Update, false, AttentionKind.Unknown)]
    [InlineData(ChangeOutcome.NotSent, PlanAction.Update, false, AttentionKind.NotSent)]
    [InlineData(ChangeOutcome.Skipped, PlanAction.Update, true, AttentionKind.Stale)]
    [InlineData(ChangeOutcome.Skipped, PlanAction.Blocked, false, AttentionKind.Blocked)]
    [InlineData(ChangeOutcome.Skipped, PlanAction.Protected, false, AttentionKind.ProtectedByZoom)]
    [InlineData(ChangeOutcome.Skipped, PlanAction.Update, false, AttentionKind.NotApplied)]
    [InlineData(ChangeOutcome.Done, PlanAction.Update, false, null)]
    [InlineData(ChangeOutcome.NoChange, PlanAction.NoOp, false, null)]
    [InlineData(ChangeOutcome.Held, PlanAction.Disable, false, null)]
    public void An_outcome_is_of_a_kind_or_needs_nobody(ChangeOutcome outcome, PlanAction action, bool stale, AttentionKind? kind)
    {
        var result = Result(outcome, action: action, stale: stale);
        Assert.Equal(kind, Attention.Of([result], Rule).SingleOrDefault()?.Kind);

        // Who is left alone on purpose is never among them.
        Assert.Empty(Attention.Of([Result(outcome, action: action, stale: stale, exception: "on leave")], Rule));
    }

    [Theory]
    [InlineData(ChangeOutcome.Failed)]
    [InlineData(ChangeOutcome.Unknown)]
    public void An_errors_own_words_and_advice_are_told(ChangeOutcome outcome)
    {
        var group = One(Result(outcome, error: Error("Zoom said no", advice: "Do this.")));
        Assert.Equal(("Zoom said no", "Do this."), (group.Reason, group.Advice));
        Assert.Equal("because", One(Result(outcome)).Reason);
    }

    [Fact]
    public void What_was_not_sent_is_told_by_its_reason()
    {
        var group = One(Result(ChangeOutcome.NotSent, error: Error("stopped")));
        Assert.Equal(("because", "Run the rule again."), (group.Reason, group.Advice));
    }

    [Theory]
    [InlineData(AttentionKind.Failed, "Put the source, Zoom or the rule right; if it is to stay so, name them in the rule's exceptions.")]
    [InlineData(AttentionKind.Unknown, "Run the rule again: it looks at Zoom before it does anything.")]
    [InlineData(AttentionKind.Stale, "Plan again.")]
    [InlineData(AttentionKind.NotApplied, "Look at them in Zoom; if it is to stay so, name them in the rule's exceptions.")]
    [InlineData(AttentionKind.Blocked, "Put the source, Zoom or the rule right; if it is to stay so, name them in the rule's exceptions.")]
    public void Without_an_errors_advice_there_is_one_for_the_kind(AttentionKind kind, string advice) => Assert.Equal(advice, One(kind switch
    {
        AttentionKind.Failed => Result(ChangeOutcome.Failed),
        AttentionKind.Unknown => Result(ChangeOutcome.Unknown),
        AttentionKind.Stale => Result(ChangeOutcome.Skipped, stale: true),
        AttentionKind.Blocked => Result(ChangeOutcome.Skipped, action: PlanAction.Blocked),
        _ => Result(ChangeOutcome.Skipped),
    }).Advice);

    [Fact]
    public void Zooms_own_admins_need_attention_and_whom_the_rule_protects_does_not()
    {
        Assert.Equal(AttentionKind.ProtectedByZoom, One(Result(ChangeOutcome.Skipped, user: User("ada@example.com", "Admin"))).Kind);
        Assert.Empty(Attention.Of([Result(ChangeOutcome.Skipped, "vip@example.com", PlanAction.Protected)], Rule));
        Assert.Empty(Attention.Of([Result(ChangeOutcome.Skipped, action: PlanAction.Protected, leaves: true)], Rule));
        Assert.Equal("Zoom said no", One(Result(ChangeOutcome.Skipped, action: PlanAction.Protected, error: Error("Zoom said no"))).Reason);
    }

    [Fact]
    public void Who_was_done_needs_attention_where_something_is_missing()
    {
        Assert.Equal("The wish. ", One(Result(ChangeOutcome.Done, unmet: ["The wish. "])).Reason);
        var planned = Result(ChangeOutcome.NoChange, action: PlanAction.NoOp);
        planned.Planned = planned.Planned! with { Unmet = ["Planned wish."] };
        var group = One(planned);
        Assert.Equal((AttentionKind.NotApplied, "Planned wish."), (group.Kind, group.Reason));
    }

    [Fact]
    public void A_display_name_that_went_along_is_nobodys_wish()
    {
        ChangeResult Of(ZoomAttribute attribute, bool wished) => new("ada@example.com", PlanAction.Update, ChangeOutcome.Done, "because")
        {
            NotApplied = [new AttributeChange(attribute, "old", "new", oldIsKnown: true)],
            Planned = new PlannedChange(PlanAction.Update, "ada@example.com", "because")
            {
                Desired = new DesiredUser(wished ? new ScimUser { DisplayName = "new" } : new ScimUser { GivenName = "new" }),
            },
        };
        Assert.Empty(Attention.Of([Of(ZoomAttributes.DisplayName, wished: false)], Rule));
        Assert.Equal(AttentionKind.NotApplied, One(Of(ZoomAttributes.DisplayName, wished: true)).Kind);
        Assert.Equal(AttentionKind.NotApplied, One(Of(ZoomAttributes.Department, wished: false)).Kind);
    }

    private static ChangeResult[] Many(int count, Func<int, string> words, string id = "Zoom.Some.Error") =>
        [.. Enumerable.Range(0, count).Select(i => Result(ChangeOutcome.Failed, $"u{i}@example.com", error: Error(words(i), id)))];

    [Fact]
    public void One_reason_is_one_group_with_the_first_five_names()
    {
        var group = Assert.Single(Attention.Of(Many(735, i => $"'v{i}' of u{i}@example.com (tracking id {i}) is wrong"), Rule));
        Assert.Equal(("… of … (…) is wrong", 735), (group.Reason, group.Count));
        Assert.Equal(["u0@example.com", "u1@example.com", "u2@example.com", "u3@example.com", "u4@example.com"], group.Names);
        Assert.StartsWith(
            "735 failed: … of … (…) is wrong (u0@example.com, u1@example.com, u2@example.com, u3@example.com, u4@example.com and 730 more) Put",
            group.ToString(),
            StringComparison.Ordinal);
        Assert.DoesNotContain(" more", Assert.Single(Attention.Of(Many(5, _ => "same"), Rule)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_the_same_for_all_of_them_stays() =>
        Assert.Equal("'Sales' of … is wrong", Assert.Single(Attention.Of(Many(3, i => $"'Sales' of U{i}@EXAMPLE.com is wrong"), Rule)).Reason);

    [Fact]
    public void One_person_is_told_in_full() =>
        Assert.Equal("'Sales' of u0@example.com is wrong", Assert.Single(Attention.Of(Many(1, i => $"'Sales' of u{i}@example.com is wrong"), Rule)).Reason);

    [Theory]
    [InlineData(8, 8)]
    [InlineData(9, 1)]
    public void An_error_with_words_without_end_is_one_group(int sentences, int groups) =>
        Assert.Equal(groups, Attention.Of(Many(sentences, i => new string('x', i + 1)), Rule).Count);

    [Fact]
    public void Without_an_error_each_sentence_is_a_group_of_its_own() => Assert.Equal(
        9, Attention.Of(Enumerable.Range(1, 9).Select(i => Result(ChangeOutcome.NotSent, reason: new string('x', i))), Rule).Count);

    [Fact]
    public void The_groups_come_by_kind_then_by_number_then_by_words()
    {
        ChangeResult[] results =
        [
            .. Many(1, _ => "b"), .. Many(1, _ => "a"), .. Many(2, _ => "c", "Zoom.Other.Error"),
            Result(ChangeOutcome.Skipped, stale: true), Result(ChangeOutcome.NotSent),
        ];
        Assert.Equal(["c", "a", "b", "because", "because"], Attention.Of(results, Rule).Select(g => g.Reason));
        Assert.Equal(
            [AttentionKind.Failed, AttentionKind.Failed, AttentionKind.Failed, AttentionKind.NotSent, AttentionKind.Stale],
            Attention.Of(results, Rule).Select(g => g.Kind));
    }

    [Fact]
    public void A_plan_says_of_whom_nothing_will_be_done()
    {
        PlannedChange Of(string name, PlanAction action) => new(action, name, "because") { Current = User(name) };
        var plan = new SyncPlan(
        [
            Of("a@example.com", PlanAction.Blocked), Of("b@example.com", PlanAction.NoOp), Of("c@example.com", PlanAction.Disable),
            Of("d@example.com", PlanAction.Disable).HeldBack("too many"), Of("e@example.com", PlanAction.NoOp) with { Unmet = ["Planned wish."] },
        ]);
        Assert.Equal(["a@example.com", "e@example.com"], Attention.Of(plan, Rule).SelectMany(g => g.Names).OrderBy(n => n, StringComparer.Ordinal));
    }

    [Fact]
    public void The_block_begins_with_how_many_there_are()
    {
        string Text(int people, bool isUndo = false) => Attention.Text(Attention.Of(Many(people, _ => "same"), Rule), isUndo);
        Assert.StartsWith(
            "1 person is not as the source says:" + Environment.NewLine + "  1 failed: same (u0@example.com)", Text(1), StringComparison.Ordinal);
        Assert.StartsWith("2 people are not as before the run:", Text(2, isUndo: true), StringComparison.Ordinal);
    }
}
