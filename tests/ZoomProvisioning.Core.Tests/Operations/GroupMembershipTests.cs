using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Operations;

/// <summary>Members on the lane, as the cmdlets put them there.</summary>
public class GroupMembershipTests
{
    private readonly FakeZoom _zoom = new();
    private readonly ScimGroup _group;
    private readonly FakeClock _clock = new();

    public GroupMembershipTests() => _group = _zoom.Groups.Add("Sales");

    private List<string> Members => _zoom.Groups.Members[_group.Id!];

    private IReadOnlyList<Sent> Writes => _zoom.Groups.Writes;

    private List<string> AddUsers(int count) => Enumerable.Range(0, count).Select(n => _zoom.Add($"u{n:000}@example.com")).ToList();

    private static GroupMember ById(string id) => new(id) { Id = id };

    private static GroupMember ByName(string name) => new(name) { UserName = name };

    /// <summary>Runs members over a lane; ends when all are done.</summary>
    private async Task<FakeOutput> RunAsync(
        IEnumerable<GroupMember> members,
        bool adds = true,
        int limit = 32,
        Action<ZoomScimConnection>? switches = null,
        Func<string, bool>? answer = null)
    {
        FakeOutput? output = null;
        await PipelineThread.RunAsync(() =>
        {
            output = new FakeOutput { Answer = answer ?? (_ => true) };
            using var lane = new BulkLane(output, () => limit, 256, _clock);
            var membership = new GroupMembership(Wishes.Connection(_zoom, switches), _group, adds, limit);
            foreach (var member in members)
            {
                var work = membership.Take(member);
                lane.Add(member.Label, member.Source, scope => work(scope, scope.Call));
            }

            membership.Flush();
            lane.Drain();
        });
        return output!;
    }

    private static IEnumerable<ChangeOutcome> Outcomes(FakeOutput output) => output.Objects.Cast<ChangeResult>().Select(r => r.Outcome);

    [Theory]
    [InlineData(32, 3, 30)]
    [InlineData(64, 3, 30)]
    [InlineData(10, 7, 10)]
    [InlineData(1, 65, 1)]
    public async Task Sixty_five_members_go_in_batches_and_come_out_in_order(int limit, int requests, int largest)
    {
        var ids = AddUsers(65);

        var output = await RunAsync(ids.Select(ById), limit: limit);

        Assert.Equal(requests, Writes.Count);
        Assert.All(Writes, w => Assert.Equal("ADD", w.Method));
        Assert.Equal(largest, Writes.Max(w => w.Target.Split(' ').Length));
        Assert.Equal(ids, Members);
        Assert.Equal(65, output.Names.Count());
        Assert.Equal(output.Names.OrderBy(n => n, StringComparer.Ordinal), output.Names);
        Assert.All(output.Objects.Cast<ChangeResult>(), r => Assert.Equal((ChangeOutcome.Done, _group), (r.Outcome, r.Group)));
    }

    [Fact]
    public async Task Removing_works_the_same_way_and_takes_inactive_users()
    {
        var ids = AddUsers(40);
        ids.Add(_zoom.Add("gone@example.com", u => u.Active = false));
        Members.AddRange(ids);

        var output = await RunAsync(ids.Select(ById), adds: false);

        Assert.Equal(["REMOVE", "REMOVE"], Writes.Select(w => w.Method));
        Assert.Empty(Members);
        Assert.All(Outcomes(output), o => Assert.Equal(ChangeOutcome.Done, o));
    }

    [Fact]
    public async Task Unknown_pending_and_inactive_members_in_the_middle_are_told_each_and_the_others_go_on()
    {
        AddUsers(4);
        _zoom.Add("off@example.com", u => u.Active = false);
        _zoom.PendingOrForeign.Add("invited@example.com");
        string[] names = ["u000@example.com", "nobody@example.com", "U001@example.com", "off@example.com", "invited@example.com", "u002@example.com"];

        var output = await RunAsync(names.Select(ByName));

        Assert.Equal(
        [
            "object u000@example.com",
            "error nobody@example.com",
            "object u001@example.com",
            "warning off@example.com: skipped, deactivated in Zoom, and only active users are added.",
            "object off@example.com",
            "error invited@example.com",
            "object u002@example.com",
        ], output.Lines.Where(l => !l.StartsWith("verbose", StringComparison.Ordinal)));
        Assert.Equal(["Zoom.User.NotFound", "Zoom.User.PendingOrForeign"], output.Errors.Select(e => e.ErrorId));
        Assert.Equal([ChangeOutcome.Done, ChangeOutcome.Done, ChangeOutcome.Skipped, ChangeOutcome.Done], Outcomes(output));
        Assert.Equal(3, Members.Count);
        Assert.Single(Writes);
    }

    [Fact]
    public async Task A_batch_of_nobody_does_not_hold_up_the_next_one()
    {
        var ids = AddUsers(31);

        var output = await RunAsync(Enumerable.Range(0, 30).Select(n => ByName($"nobody{n}@example.com")).Concat(ids.Select(ById)));

        Assert.Equal(30, output.Errors.Count);
        Assert.Equal(31, Members.Count);
    }

    [Fact]
    public async Task Who_is_named_twice_is_sent_once_even_in_another_batch()
    {
        var ids = AddUsers(35);

        var output = await RunAsync(ids.Concat(ids.Take(2)).Select(ById));

        Assert.Equal(35, Writes.Sum(w => w.Target.Split(' ').Length));
        Assert.Equal([ChangeOutcome.NoChange, ChangeOutcome.NoChange], Outcomes(output).Skip(35));
    }

    [Fact]
    public async Task Users_that_Zoom_has_shown_are_not_asked_for_again()
    {
        AddUsers(3);
        var users = (await _zoom.ListAsync(1, 100, null, ScimCall.None)).Resources;
        _zoom.Clear();

        await RunAsync(users.Select(u => new GroupMember(u.UserName!) { Id = u.Id, User = u }));

        Assert.Empty(_zoom.All);
        Assert.Equal(3, Members.Count);
    }

    [Fact]
    public async Task One_whom_Zoom_refuses_does_not_take_the_others_along()
    {
        var ids = AddUsers(30);
        _zoom.Groups.Unknown.Add(ids[17]);

        var output = await RunAsync(ids.Select(ById));

        Assert.Equal(29, Members.Count);
        Assert.Equal("Zoom.Request.InvalidPatch", Assert.Single(output.Errors).ErrorId);
        Assert.Equal(29, Outcomes(output).Count(o => o == ChangeOutcome.Done));
    }

    [Fact]
    public async Task A_Zoom_that_takes_fewer_at_a_time_gets_fewer()
    {
        var ids = AddUsers(30);
        _zoom.Groups.MostMembers = 8;

        var output = await RunAsync(ids.Select(ById));

        Assert.Empty(output.Errors);
        Assert.Equal(30, Members.Count);
    }

    [Fact]
    public async Task A_group_that_is_gone_is_not_tried_for_each_member()
    {
        var ids = AddUsers(30);
        await _zoom.Groups.DeleteAsync(_group.Id!, ScimCall.None);

        var output = await RunAsync(ids.Select(ById));

        Assert.Equal(30, output.Errors.Count);
        Assert.All(output.Errors, e => Assert.Equal("Zoom.Group.NotFound", e.ErrorId));
        Assert.Equal(["DELETE", "ADD"], Writes.Select(w => w.Method));
    }

    [Fact]
    public async Task Each_member_is_asked_about_in_order_and_who_is_declined_stays_out()
    {
        var ids = AddUsers(40);

        var output = await RunAsync(ids.Select(ById), answer: target => target.StartsWith("u00", StringComparison.Ordinal));

        Assert.Equal(40, output.Questions.Count);
        Assert.Equal(output.Questions.OrderBy(q => q, StringComparer.Ordinal), output.Questions);
        Assert.Equal(ids.Take(10), Members);
        Assert.Equal(10, output.Objects.Count);
    }

    [Fact]
    public async Task Where_changing_is_switched_off_nobody_is_even_looked_up()
    {
        var ids = AddUsers(2);
        _zoom.Clear();

        var output = await RunAsync(ids.Select(ById), switches: c => c.AllowUpdate = false);

        Assert.All(Outcomes(output), o => Assert.Equal(ChangeOutcome.Skipped, o));
        Assert.Empty(_zoom.All);
        Assert.Empty(_zoom.Groups.All);
    }

    [Fact]
    public Task A_stop_lets_go_of_members_who_wait_for_others_and_reports_them_as_not_sent() => PipelineThread.RunAsync(() =>
    {
        var ids = AddUsers(5);
        var output = new FakeOutput();
        using var lane = new BulkLane(output, () => 32, 256, _clock);
        var membership = new GroupMembership(Wishes.Connection(_zoom), _group, adds: true);
        foreach (var member in ids.Select(ById))
        {
            var work = membership.Take(member);
            lane.Add(member.Label, null, scope => work(scope, scope.Call));
        }

        // The batch is never closed: the command is stopped while the source still sends.
        lane.Stop();
        Assert.Throws<OperationCanceledException>(lane.Drain);
        var outcomes = lane.Interrupt();

        Assert.Equal(5, outcomes.Count);
        Assert.All(outcomes, o => Assert.Equal(ChangeOutcome.NotSent, o.Outcome));
        Assert.Empty(Writes);
    });

    [Fact]
    public Task A_stop_while_a_batch_is_on_the_wire_leaves_the_next_ones_unsent() => PipelineThread.RunAsync(() =>
    {
        var ids = AddUsers(60);
        var output = new FakeOutput();
        BulkLane? lane = null;
        _zoom.Groups.Before = _ =>
        {
            lane!.Stop();
            throw new ScimOutcomeUnknownException("no answer");
        };
        using (lane = new BulkLane(output, () => 64, 256, _clock))
        {
            var membership = new GroupMembership(Wishes.Connection(_zoom), _group, adds: true);
            Assert.Throws<OperationCanceledException>(() =>
            {
                foreach (var member in ids.Select(ById))
                {
                    var work = membership.Take(member);
                    lane.Add(member.Label, null, scope => work(scope, scope.Call));
                }

                membership.Flush();
                lane.Drain();
            });
            var outcomes = lane.Interrupt();

            Assert.Single(Writes);
            Assert.Equal(30, outcomes.Count(o => o.Outcome == ChangeOutcome.Unknown));
            Assert.All(outcomes.Where(o => o.Outcome != ChangeOutcome.Unknown), o => Assert.Equal(ChangeOutcome.NotSent, o.Outcome));
        }
    });
}
