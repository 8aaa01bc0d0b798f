using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Operations;

public class SyncOperationTests
{
    private readonly FakeZoom _zoom = new();
    private readonly List<ChangeResult> _results = [];

    private SyncOperation Sync(int concurrency = 4) => new(Wishes.Connection(_zoom), concurrency);

    [Fact]
    public async Task A_run_creates_updates_reactivates_and_disables_and_a_second_run_writes_nothing()
    {
        _zoom.Add("update@example.com", u => u.Department = "Sales");
        _zoom.Add("back@example.com", u => u.Active = false);
        _zoom.Add("leaver@example.com");
        _zoom.Add("same@example.com", u => u.Department = "Sales");
        _zoom.Add("stranger@example.com", u => u.Department = "Other");
        List<DesiredUser> wanted() =>
        [
            Wishes.For("new@example.com", u => { u.GivenName = "Nguyễn"; u.Title = "CEO"; }),
            Wishes.For("update@example.com", u => u.Department = "Research"),
            Wishes.For("back@example.com", u => { u.Active = true; u.UserType = "Licensed"; }),
            Wishes.For("leaver@example.com", u => u.Active = false),
            Wishes.For("same@example.com", u => { u.Department = "Sales"; u.Active = true; }),
            Wishes.For("never@example.com", u => u.Active = false),
        ];

        var plan = await Sync().PlanAsync(wanted(), ScimCall.None);
        Assert.Empty(_zoom.Writes);
        await Sync().ApplyAsync(plan, _results.Add, ScimCall.None);

        Assert.Equal(
            [PlanAction.Reactivate, PlanAction.Disable, PlanAction.NoOp, PlanAction.Create, PlanAction.NoOp, PlanAction.Update],
            plan.Changes.Select(c => c.Action));
        Assert.Equal(6, _results.Count);
        Assert.All(_results, r => Assert.Null(r.Error));
        Assert.Equal("Other", new ScimUser(_zoom.Get("stranger@example.com"), UserDetail.None).Department);

        _zoom.Clear();
        var again = await Sync().PlanAsync(wanted(), ScimCall.None);
        Assert.Empty(again.Pending);
        await Sync().ApplyAsync(again, _results.Add, ScimCall.None);
        Assert.Empty(_zoom.Writes);
    }

    [Fact]
    public async Task Only_those_the_source_speaks_of_are_read_one_by_one()
    {
        for (var i = 0; i < 120; i++)
        {
            _zoom.Add($"u{i}@example.com");
        }

        await Sync().PlanAsync([Wishes.For("U7@example.com"), Wishes.For("u99@example.com"), Wishes.For("new@example.com")], ScimCall.None);

        Assert.Equal(2, _zoom.All.Count(s => s.Method == "LIST"));
        Assert.Equal(2, _zoom.All.Count(s => s.Method == "GET"));
    }

    [Fact]
    public async Task A_phone_that_only_a_read_tells_is_not_planned_again()
    {
        _zoom.Add("a@example.com", u => { u.Phone = "+15125550123"; u.Organization = "Example"; u.Roles = ["Member"]; });

        var plan = await Sync().PlanAsync([Wishes.For("a@example.com", u => { u.Phone = "+1 5125550123"; u.Organization = "Example"; u.Roles = ["Member"]; })], ScimCall.None);

        Assert.Empty(plan.Pending);
    }

    [Fact]
    public async Task An_incomplete_list_makes_no_plan()
    {
        _zoom.ListAnswer = (start, _, _) => new ScimPage<ScimUser>([], 5, start);

        var exception = await Assert.ThrowsAsync<ScimServerException>(() => Sync().PlanAsync([Wishes.For("a@example.com")], ScimCall.None));

        Assert.Equal("Zoom.List.Incomplete", exception.ErrorId);
        Assert.NotEmpty(exception.RecommendedAction);
    }

    [Fact]
    public async Task A_user_who_vanishes_after_the_list_does_not_end_the_plan()
    {
        var id = _zoom.Add("a@example.com");
        _zoom.Add("b@example.com");
        _zoom.Before = sent =>
        {
            if (sent.Method == "GET" && sent.Target == id)
            {
                throw FakeZoom.Refusal(404, "User does not exist.");
            }
        };

        Assert.Equal(2, (await Sync().PlanAsync([Wishes.For("a@example.com"), Wishes.For("b@example.com")], ScimCall.None)).Changes.Count);
    }

    [Fact]
    public async Task A_user_who_fails_stops_nobody_and_every_outcome_is_told()
    {
        _zoom.Before = sent =>
        {
            switch (sent.Target)
            {
                case "failed@example.com":
                    throw FakeZoom.Refusal(409, "Cannot add paid users.");
                case "unknown@example.com":
                    throw new ScimOutcomeUnknownException("no answer");
                case "notsent@example.com":
                    throw new ScimNotSentException("stopped");
                default:
                    break;
            }
        };
        var names = new[] { "done@example.com", "failed@example.com", "notsent@example.com", "unknown@example.com" };

        await Sync().ApplyAsync(await Sync().PlanAsync(names.Select(n => Wishes.For(n)).ToList(), ScimCall.None), _results.Add, ScimCall.None);

        Assert.Equal(
            ["done@example.com Done", "failed@example.com Failed", "notsent@example.com NotSent", "unknown@example.com Unknown"],
            _results.Select(r => $"{r.UserName} {r.Outcome}").OrderBy(r => r, StringComparer.Ordinal));
        Assert.All(_results, r => Assert.Equal("source of " + r.UserName, r.Source));
        Assert.IsType<ScimSeatsException>(_results.Single(r => r.Outcome == ChangeOutcome.Failed).Error);
    }

    [Fact]
    public async Task After_a_stop_everybody_left_is_told_as_not_sent()
    {
        using var stop = new CancellationTokenSource();
        var plan = await Sync().PlanAsync(Enumerable.Range(0, 50).Select(i => Wishes.For($"u{i}@example.com")).ToList(), ScimCall.None);
        _zoom.After = _ =>
        {
            if (_zoom.Writes.Count >= 10)
            {
                stop.Cancel();
            }
        };

        await PipelineThread.InTimeAsync(Sync().ApplyAsync(plan, _results.Add, new ScimCall(stop.Token, CancellationToken.None)));

        Assert.Equal(50, _results.Count);
        Assert.Equal(_zoom.Writes.Count, _results.Count(r => r.Outcome == ChangeOutcome.Done));
        Assert.Equal(50 - _zoom.Writes.Count, _results.Count(r => r.Outcome == ChangeOutcome.NotSent));
    }

    [Fact]
    public async Task Results_come_one_at_a_time_and_requests_within_the_concurrency()
    {
        var (running, most, inside) = (0, 0, 0);
        var gate = new object();
        _zoom.Before = _ =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++running);
            }
        };
        _zoom.After = _ =>
        {
            lock (gate)
            {
                running--;
            }
        };
        var plan = await Sync().PlanAsync(Enumerable.Range(0, 200).Select(i => Wishes.For($"u{i}@example.com")).ToList(), ScimCall.None);

        await Sync(3).ApplyAsync(plan, r =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            _results.Add(r);
            Interlocked.Decrement(ref inside);
        }, ScimCall.None);

        Assert.Equal(200, _results.Count);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task One_user_who_cannot_be_read_is_blocked_and_the_others_are_planned()
    {
        var id = _zoom.Add("a@example.com");
        _zoom.Add("b@example.com");
        _zoom.Before = sent =>
        {
            if (sent.Method == "GET" && sent.Target == id)
            {
                throw FakeZoom.Refusal(500, "Internal error");
            }
        };

        var plan = await Sync().PlanAsync([Wishes.For("a@example.com", u => u.Phone = "+1 5125550123"), Wishes.For("b@example.com", u => u.Department = "x")], ScimCall.None);

        Assert.Equal([PlanAction.Blocked, PlanAction.Update], plan.Changes.Select(c => c.Action));
        Assert.Contains("Internal error", plan.Changes[0].Reason, StringComparison.Ordinal);
    }
}
