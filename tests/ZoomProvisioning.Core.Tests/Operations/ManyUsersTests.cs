using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Operations;

/// <summary>What a command over many people costs, and what it never saves.</summary>
public partial class ManyUsersTests
{
    private const int InZoom = 450;
    private readonly FakeZoom _zoom = new();
    private readonly FakeClock _clock = new();
    private readonly ZoomScimConnection _connection;
    private int _left;

    public ManyUsersTests()
    {
        _connection = Wishes.Connection(_zoom);
        for (var i = 0; i < InZoom; i++)
        {
            _zoom.Add(Name(i), u => u.Department = "Sales");
        }
    }

    private static string Name(int i) => $"u{i:0000}@example.com";

    private int Count(string method) => _zoom.All.Count(s => s.Method == method);

    private UserOperations Operations(bool looksFirst = false) =>
        new(_connection, looksFirst: looksFirst, coming: () => Volatile.Read(ref _left), clock: _clock);

    /// <summary>
    /// Works on records as the lane does: eight at a time, and all the others seen to come. Eight may be begun before the first one
    /// asks, and then an eighth of those to come counts: with fewer than 170 the first eight may be looked up before the list is read.
    /// </summary>
    private async Task<List<ChangeResult>> RunAsync(List<DesiredUser> wishes, Func<DesiredUser, Task<ChangeResult?>> work)
    {
        var results = new ChangeResult?[wishes.Count];
        _left = wishes.Count;
        await PipelineThread.InTimeAsync(ParallelWork.ForEachAsync(Enumerable.Range(0, wishes.Count), 8, async i =>
        {
            Interlocked.Decrement(ref _left);
            results[i] = await work(wishes[i]);
        }));
        return results.OfType<ChangeResult>().ToList();
    }

    private Task<List<ChangeResult>> UpdateAsync(int count, Action<ScimUser> wish, UserOperations? operations = null)
    {
        var one = operations ?? Operations();
        return RunAsync(Enumerable.Range(0, count).Select(i => Wishes.For(Name(i), wish)).ToList(), w => one.UpdateAsync(w, new FakeHost(), ScimCall.None));
    }

    private Task<List<ChangeResult>> RemoveAsync(int count, RemoveAction action)
    {
        var one = Operations();
        return RunAsync(
            Enumerable.Range(0, count).Select(i => Wishes.For(Name(i))).ToList(),
            w => one.RemoveAsync(w, action, null, new FakeHost(), ScimCall.None));
    }

    private ScimUser Held(int i) => new(_zoom.Get(Name(i)), UserDetail.None);

    [Fact]
    public async Task Many_creates_are_one_request_each()
    {
        var one = Operations();
        var results = await RunAsync(
            Enumerable.Range(1000, 300).Select(i => Wishes.For(Name(i), u => u.Department = "x")).ToList(),
            w => one.CreateAsync(w, IfExists.Fail, new FakeHost(), ScimCall.None));

        Assert.All(results, r => Assert.Equal(ChangeOutcome.Done, r.Outcome));
        Assert.Equal((300, 300), (Count("POST"), _zoom.All.Count));
    }

    [Fact]
    public async Task Many_updates_by_name_are_one_request_each_and_one_list()
    {
        var results = await UpdateAsync(300, u => u.Department = "Research");

        Assert.All(results, r => Assert.Equal((ChangeOutcome.Done, PlanAction.Update), (r.Outcome, r.Action)));
        Assert.All(results, r => Assert.Equal("Sales", Assert.Single(r.Changes).OldValue));
        Assert.Equal("Research", Held(299).Department);
        Assert.Equal(300, Count("PUT"));
        Assert.Equal(0, Count("GET"));
        // Five pages, and nobody looked up.
        Assert.Equal(5, Count("LIST"));
    }

    [Fact]
    public async Task A_handful_is_looked_up_and_read_one_by_one()
    {
        await UpdateAsync(10, u => u.Department = "Research");

        Assert.Equal((10, 10, 10), (Count("LIST"), Count("GET"), Count("PUT")));
        Assert.DoesNotContain(_zoom.All, s => s.Target == "1+100");
    }

    [Fact]
    public async Task What_a_list_does_not_tell_is_read_first()
    {
        _zoom.Add("phones@example.com", u => u.PhoneNumbers = [new("+1 1", "mobile"), new("+1 2", "home")]);
        var one = Operations();
        var wishes = Enumerable.Range(0, 100)
            .Select(i => Wishes.For(Name(i), u => u.Organization = "Example"))
            .Append(Wishes.For("phones@example.com", u => u.HomePhone = "+1 5125550123"))
            .ToList();

        var results = await RunAsync(wishes, w => one.UpdateAsync(w, new FakeHost(), ScimCall.None));

        Assert.All(results, r => Assert.True(Assert.Single(r.Changes).OldIsKnown));
        Assert.Equal((101, 101), (Count("GET"), Count("PUT")));
        Assert.Equal("+1 1", new ScimUser(_zoom.Get("phones@example.com"), UserDetail.None).MobilePhone);
    }

    [Fact]
    public async Task What_no_read_tells_either_is_no_reason_to_read()
    {
        await UpdateAsync(200, u => u.Title = "Chief");
        Assert.Equal((0, 200), (Count("GET"), Count("PUT")));
    }

    [Fact]
    public async Task Who_has_what_is_wanted_is_left_alone()
    {
        Assert.All(await UpdateAsync(300, u => u.Department = "Sales"), r => Assert.Equal(ChangeOutcome.NoChange, r.Outcome));
        Assert.Empty(_zoom.Writes);
        Assert.Equal(5, _zoom.All.Count);
    }

    [Fact]
    public async Task A_disable_reads_whoever_may_hold_a_licence_and_nobody_else()
    {
        for (var i = 0; i < 20; i++)
        {
            await _zoom.UpdateAsync(
                _zoom.Get(Name(i)).Text("id")!,
                new ScimObject { ["userType"] = "Licensed", [ScimSchemas.ZoomUser] = new ScimObject { ["zoomOneBizPlus"] = "16" } },
                ScimCall.None);
        }

        _zoom.Clear();
        Assert.All(await RemoveAsync(200, RemoveAction.Disable), r => Assert.Equal((ChangeOutcome.Done, PlanAction.Disable), (r.Outcome, r.Action)));
        Assert.Equal((20, 200), (Count("GET"), Count("PATCH")));

        var host = new FakeHost();
        await Operations().UpdateAsync(Wishes.For(Name(7), u => u.Active = true), host, ScimCall.None);
        Assert.Equal("16", Held(7).GetExtension("zoomOneBizPlus"));
        Assert.Empty(host.Warnings);

        // Of those who were not read nobody claims to know what they held.
        await Operations().UpdateAsync(Wishes.For(Name(100), u => u.Active = true), host, ScimCall.None);
        Assert.Contains("-License", Assert.Single(host.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_nobody_need_be_deactivated_is_not_left_to_a_list()
    {
        for (var i = 0; i < 30; i++)
        {
            await _zoom.SetActiveAsync(_zoom.Get(Name(i)).Text("id")!, false, ScimCall.None);
        }

        _zoom.Clear();
        // Somebody comes back right after the list was read.
        _zoom.After = sent =>
        {
            if (sent is { Method: "LIST", Target: "1+100" })
            {
                _zoom.After = null;
                _zoom.SetActiveAsync(_zoom.Get(Name(5)).Text("id")!, true, ScimCall.None).GetAwaiter().GetResult();
            }
        };
        var results = await RemoveAsync(200, RemoveAction.Disable);

        Assert.Equal(PlanAction.Disable, results[5].Action);
        Assert.Equal(29, results.Count(r => r.Outcome == ChangeOutcome.NoChange));
        Assert.All(Enumerable.Range(0, 200), i => Assert.False(Held(i).Active));
    }

    [Fact]
    public async Task Many_deletes_are_one_request_each_and_one_list()
    {
        var one = Operations();
        _left = 300;
        // The last of the list: then it has been read to its end, and the deletions move nobody.
        await one.RemoveAsync(Wishes.For(Name(InZoom - 1)), RemoveAction.Delete, null, new FakeHost(), ScimCall.None);
        var results = await RunAsync(
            Enumerable.Range(0, 300).Select(i => Wishes.For(Name(i))).ToList(),
            w => one.RemoveAsync(w, RemoveAction.Delete, null, new FakeHost(), ScimCall.None));

        Assert.All(results, r => Assert.Equal((ChangeOutcome.Done, "Sales"), (r.Outcome, r.User!.Department)));
        Assert.Equal((301, 0, 5), (Count("DELETE"), Count("GET"), Count("LIST")));
        Assert.Equal(InZoom - 301, _zoom.State.Count);
    }

    [Fact]
    public async Task Whoever_slips_through_because_of_the_deletions_is_looked_up()
    {
        var results = await RemoveAsync(InZoom, RemoveAction.Delete);

        Assert.All(results, r => Assert.Equal(ChangeOutcome.Done, r.Outcome));
        Assert.Equal((InZoom, 0), (Count("DELETE"), _zoom.State.Count));
    }

    [Fact]
    public async Task Whoever_the_list_does_not_show_is_looked_up()
    {
        var one = Operations();
        _zoom.After = sent =>
        {
            if (sent.Target == "401+100")
            {
                _zoom.After = null;
                _zoom.Add("late@example.com");
            }
        };
        var wishes = Enumerable.Range(0, 200).Select(i => Wishes.For(Name(i), u => u.Department = "x"))
            .Append(Wishes.For("late@example.com", u => u.Department = "x")).Append(Wishes.For("nobody@example.com", u => u.Department = "x")).ToList();
        var lost = 0;
        var results = await RunAsync(wishes, async w =>
        {
            try
            {
                return await one.UpdateAsync(w, new FakeHost(), ScimCall.None);
            }
            catch (ScimNotFoundException)
            {
                Interlocked.Increment(ref lost);
                return null;
            }
        });

        Assert.Equal((201, 1), (results.Count(r => r.Outcome == ChangeOutcome.Done), lost));
    }

    [Fact]
    public async Task Somebody_who_left_or_was_deactivated_since_is_decided_about_anew()
    {
        var one = Operations();
        await UpdateAsync(100, u => u.Department = "x", one);
        // Names move while the command goes on: 200's account is deleted and made anew, 201 is deactivated by hand.
        await _zoom.DeleteAsync(_zoom.Get(Name(200)).Text("id")!, ScimCall.None);
        _zoom.Add(Name(200), u => u.Department = "new");
        await _zoom.SetActiveAsync(_zoom.Get(Name(201)).Text("id")!, false, ScimCall.None);

        var made = await one.UpdateAsync(Wishes.For(Name(200), u => u.Department = "y"), new FakeHost(), ScimCall.None);
        var off = await one.UpdateAsync(Wishes.For(Name(201), u => u.Department = "y"), new FakeHost(), ScimCall.None);

        Assert.Equal((ChangeOutcome.Done, "new"), (made!.Outcome, made.Changes.Single().OldValue));
        Assert.Equal(ChangeOutcome.Skipped, off!.Outcome);
        Assert.Contains("deactivated in Zoom", off.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_records_about_one_person_see_each_other()
    {
        var one = Operations();
        await UpdateAsync(100, u => u.Department = "x", one);
        var second = await one.UpdateAsync(Wishes.For(Name(3), u => u.Department = "x"), new FakeHost(), ScimCall.None);
        Assert.Equal(ChangeOutcome.NoChange, second!.Outcome);
    }

    [Fact]
    public async Task A_list_is_not_trusted_for_more_than_a_minute()
    {
        var one = Operations();
        await UpdateAsync(200, u => u.Department = "x", one);

        // Whoever is on the last page waits for it; the others do not, and on a busy machine some were still being read.
        await one.UpdateAsync(Wishes.For(Name(InZoom - 1), u => u.Department = "x"), new FakeHost(), ScimCall.None);
        _zoom.Clear();
        await one.UpdateAsync(Wishes.For(Name(300), u => u.Department = "y"), new FakeHost(), ScimCall.None);
        Assert.Equal(["PUT"], _zoom.All.Select(s => s.Method));

        _clock.Advance(TimeSpan.FromSeconds(61));
        _zoom.Clear();
        await one.UpdateAsync(Wishes.For(Name(301), u => u.Department = "y"), new FakeHost(), ScimCall.None);
        Assert.Equal(["LIST", "GET", "PUT"], _zoom.All.Select(s => s.Method));
    }

    [Fact]
    public async Task Of_two_users_with_one_address_no_list_chooses()
    {
        var twin = _zoom.Add(Name(3), u => u.Department = "twin");
        var one = Operations();
        _left = 100;
        await one.UpdateAsync(Wishes.For(Name(InZoom - 1), u => u.Department = "Sales"), new FakeHost(), ScimCall.None);
        _left = 0;
        _zoom.Clear();
        await one.UpdateAsync(Wishes.For(Name(3), u => u.Department = "y"), new FakeHost(), ScimCall.None);
        Assert.Contains(_zoom.All, s => s.Target.Contains(Name(3), StringComparison.Ordinal));
        Assert.Equal("twin", new ScimUser(_zoom.State.Single(u => u.Text("id") == twin), UserDetail.None).Department);
    }

    [Fact]
    public async Task Skipping_many_costs_no_more_than_one_list()
    {
        var one = Operations();
        var people = Enumerable.Range(InZoom - 200, 200).Select(i => Wishes.For(Name(i))).ToList();
        var skipped = await RunAsync(people, w => one.CreateAsync(w, IfExists.Skip, new FakeHost(), ScimCall.None));

        Assert.All(skipped, r => Assert.Equal(ChangeOutcome.Skipped, r.Outcome));
        // Whoever has been found does not wait for the pages that are still on their way.
        Assert.All(_zoom.All, s => Assert.Equal("LIST", s.Method));
        Assert.InRange(_zoom.All.Count, 1, 5);
    }

    [Fact]
    public async Task Adopting_many_costs_one_list()
    {
        var one = Operations();
        // Half of them are there already.
        var people = Enumerable.Range(InZoom - 100, 200).Select(i => Wishes.For(Name(i), u => u.Department = "Research")).ToList();

        var results = await RunAsync(people, w => one.CreateAsync(w, IfExists.Update, new FakeHost(), ScimCall.None));

        Assert.Equal((100, 100), (results.Count(r => r.Action == PlanAction.Update), results.Count(r => r.Action == PlanAction.Create)));
        Assert.Equal((100, 100, 0, 5), (Count("POST"), Count("PUT"), Count("GET"), Count("LIST")));
    }

    [Fact]
    public async Task Where_it_is_only_said_what_would_be_done_the_list_comes_when_look_ups_have_cost_as_much()
    {
        var one = Operations(looksFirst: true);
        var host = new FakeHost(answer: false);
        for (var i = 0; i < 100; i++)
        {
            // One at a time, as with -WhatIf: nobody sees the next one come.
            await one.CreateAsync(Wishes.For(Name(1000 + i)), IfExists.Fail, host, ScimCall.None);
        }

        Assert.Equal(100, host.Questions.Count);
        Assert.InRange(Count("LIST"), AccountIndex.Handful, AccountIndex.Handful + 8);
        Assert.Empty(_zoom.Writes);
    }
}
