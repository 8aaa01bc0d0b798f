using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Operations;

public class ChangeExecutorTests
{
    private readonly FakeZoom _zoom = new();

    private Task<ChangeResult> ApplyAsync(DesiredUser wish, ScimUser? current)
    {
        var connection = Wishes.Connection(_zoom);
        return new ChangeExecutor(connection).ApplyAsync(UserPlanner.Plan(wish, current, connection, sendUntold: true), ScimCall.None);
    }

    private ScimUser InZoom(string userName, Action<ScimUser>? more = null)
    {
        _zoom.Add(userName, more);
        return new ScimUser(_zoom.Get(userName), UserDetail.Read);
    }

    private string[] Sent => _zoom.Writes.Select(w => w.Method == "PATCH" ? $"PATCH {w.Target.Split(' ').Last()}" : w.Method).ToArray();

    [Fact]
    public async Task A_deactivated_user_is_activated_before_it_is_changed()
    {
        var current = InZoom("a@example.com", u => u.Active = false);

        var result = await ApplyAsync(Wishes.For("a@example.com", u => { u.Active = true; u.UserType = "Licensed"; }), current);

        Assert.Equal(["PATCH active", "PUT"], Sent);
        Assert.Equal(ChangeOutcome.Done, result.Outcome);
        Assert.Equal("Licensed", result.User!.UserType);
        Assert.True(result.User.Active);
    }

    [Fact]
    public async Task A_leaver_is_changed_before_it_is_deactivated()
    {
        var current = InZoom("a@example.com");

        var result = await ApplyAsync(Wishes.For("a@example.com", u => { u.Active = false; u.Department = "Former"; }), current);

        Assert.Equal(["PUT", "PATCH inactive"], Sent);
        Assert.False(result.User!.Active);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task A_leaver_is_deactivated_although_Zoom_refuses_the_change()
    {
        var current = InZoom("a@example.com");
        _zoom.Before = sent =>
        {
            if (sent.Method == "PUT")
            {
                throw FakeZoom.Refusal(409, "Cannot add paid users.");
            }
        };

        var result = await ApplyAsync(Wishes.For("a@example.com", u => { u.Active = false; u.UserType = "Licensed"; }), current);

        Assert.Equal(["PUT", "PATCH inactive"], Sent);
        Assert.Equal(ChangeOutcome.Done, result.Outcome);
        Assert.Contains("Cannot add paid users.", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_wanted_inactive_is_created_and_then_deactivated()
    {
        var result = await ApplyAsync(Wishes.For("a@example.com", u => u.Active = false, activeIsExplicit: true), null);

        Assert.Equal(["POST", "PATCH inactive"], Sent);
        Assert.False(result.User!.Active);
        Assert.Equal(PlanAction.Create, result.Action);
    }

    [Fact]
    public async Task A_stop_between_two_requests_is_never_told_as_not_sent()
    {
        _zoom.Before = sent =>
        {
            if (sent.Method == "PATCH")
            {
                throw new ScimNotSentException("stopped");
            }
        };

        var exception = await Assert.ThrowsAnyAsync<ScimException>(
            () => ApplyAsync(Wishes.For("a@example.com", u => u.Active = false, activeIsExplicit: true), null));

        Assert.True(_zoom.Exists("a@example.com"));
        Assert.IsNotType<ScimNotSentException>(exception);
        Assert.Contains("created", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_after_the_first_request_tells_what_was_done()
    {
        var current = InZoom("a@example.com", u => u.Active = false);
        _zoom.Before = sent =>
        {
            if (sent.Method == "PUT")
            {
                throw FakeZoom.Refusal(409, "Cannot add paid users.");
            }
        };

        var exception = await Assert.ThrowsAsync<ScimSeatsException>(
            () => ApplyAsync(Wishes.For("a@example.com", u => { u.Active = true; u.UserType = "Licensed"; }), current));

        Assert.Contains("activated", exception.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_the_first_request_ends_the_work_on_that_user()
    {
        var current = InZoom("a@example.com", u => u.Active = false);
        _zoom.Before = _ => throw FakeZoom.Refusal(400, "User is force inactive.");

        var exception = await Assert.ThrowsAsync<ScimUserStateException>(
            () => ApplyAsync(Wishes.For("a@example.com", u => { u.Active = true; u.Department = "x"; }), current));

        Assert.Equal("Zoom.User.ForceInactive", exception.ErrorId);
        Assert.Equal(["PATCH active"], Sent);
    }

    [Fact]
    public async Task What_Zoom_accepts_and_ignores_is_told()
    {
        var current = InZoom("a@example.com", u => u.DisplayName = "Old");
        _zoom.Ignored.Add("displayName");

        var result = await ApplyAsync(Wishes.For("a@example.com", u => u.DisplayName = "New"), current);

        Assert.Equal(ChangeOutcome.Done, result.Outcome);
        var warning = Assert.Single(result.Warnings);
        Assert.Contains("'New'", warning, StringComparison.Ordinal);
        Assert.Contains("'Old'", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deletion_keeps_the_user_as_it_was()
    {
        var current = InZoom("a@example.com", u => u.Department = "Sales");
        var connection = Wishes.Connection(_zoom);

        var result = await new ChangeExecutor(connection).ApplyAsync(UserPlanner.PlanRemoval(current, RemoveAction.Delete, connection, "row 7"), ScimCall.None);

        Assert.False(_zoom.Exists("a@example.com"));
        Assert.Equal("Sales", result.User!.Department);
        Assert.Equal("row 7", result.Source);
        Assert.Equal(ChangeOutcome.Done, result.Outcome);
    }

    [Fact]
    public async Task Nothing_to_do_and_nothing_allowed_send_nothing_and_are_told_apart()
    {
        var current = InZoom("a@example.com");
        var connection = Wishes.Connection(_zoom, c => c.AllowUpdate = false);
        var executor = new ChangeExecutor(connection);

        var nothing = await executor.ApplyAsync(UserPlanner.Plan(Wishes.For("a@example.com"), current, connection, false), ScimCall.None);
        var blocked = await executor.ApplyAsync(
            UserPlanner.Plan(Wishes.For("a@example.com", u => u.Department = "x"), current, connection, false), ScimCall.None);

        Assert.Equal(ChangeOutcome.NoChange, nothing.Outcome);
        Assert.Equal(ChangeOutcome.Skipped, blocked.Outcome);
        Assert.Contains("-AllowUpdate", blocked.Reason, StringComparison.Ordinal);
        Assert.Empty(_zoom.Writes);
    }

    [Fact]
    public async Task A_result_carries_its_source_and_the_readers_warnings()
    {
        var wish = new DesiredUser(new ScimUser { UserName = "a@example.com" }) { Source = "row 7", Warnings = ["a remark"] };

        var result = await ApplyAsync(wish, null);

        Assert.Equal("row 7", result.Source);
        Assert.Equal(["a remark"], result.Warnings);
        Assert.Equal("a@example.com", result.UserName);
        Assert.NotNull(result.Id);
    }
}
