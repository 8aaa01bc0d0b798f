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

public class GroupOperationsTests
{
    private readonly FakeZoom _zoom = new();
    private readonly FakeHost _host = new();

    private FakeGroups Groups => _zoom.Groups;

    private string[] Requests => Groups.All.Select(s => s.Method).ToArray();

    private GroupOperations Operations(Action<ZoomScimConnection>? switches = null) => new(Wishes.Connection(_zoom, switches));

    private GroupDirectory Directory() => new(Wishes.Connection(_zoom));

    // ---- Finding

    [Fact]
    public async Task A_group_is_found_by_name_in_any_case_and_by_id()
    {
        var group = Groups.Add("Sales");

        Assert.Equal(group.Id, (await Directory().FindAsync("sALES", ScimCall.None))!.Id);
        Assert.Equal(["LIST"], Requests);
        Assert.Equal("Sales", (await Directory().FindAsync(group.Id!, ScimCall.None))!.DisplayName);
    }

    [Fact]
    public async Task The_very_name_wins_over_one_in_another_case()
    {
        Groups.Add("sales");
        var group = Groups.Add("Sales");

        Assert.Equal(group.Id, (await Directory().FindByNameAsync("Sales", ScimCall.None))!.Id);
    }

    [Theory]
    [InlineData("No such group", 1)]
    [InlineData("nope", 2)]
    [InlineData("..", 1)]
    public async Task What_cannot_be_an_id_is_not_asked_for_as_one(string name, int requests)
    {
        Assert.Null(await Directory().FindAsync(name, ScimCall.None));
        Assert.Equal(requests, Groups.All.Count);
    }

    [Theory]
    [InlineData("The \"A\" team")]
    [InlineData(@"R\D")]
    public async Task A_name_whose_quoting_nobody_has_documented_is_found_even_when_the_filter_is_no_help(string name)
    {
        Groups.FilterKnowsQuotes = false;
        var group = Groups.Add(name);

        Assert.Equal(group.Id, (await Directory().FindByNameAsync(name, ScimCall.None))!.Id);
    }

    [Fact]
    public async Task All_groups_are_listed_once_and_remembered_for_completion()
    {
        for (var n = 0; n < 230; n++)
        {
            Groups.Add($"Group {n}");
        }

        var connection = Wishes.Connection(_zoom);
        var names = new List<string?>();
        var (total, delivered) = await new GroupDirectory(connection).ListAsync(page =>
        {
            names.AddRange(page.Select(g => g.DisplayName));
            return Task.CompletedTask;
        }, ScimCall.None);

        Assert.Equal((230, 230), (total, delivered));
        Assert.Equal(230, names.Distinct().Count());
        Assert.Equal(3, Groups.All.Count);
        Assert.Equal(230, connection.GroupNames.Known.Count);
    }

    [Fact]
    public async Task Names_for_completion_are_forgotten_after_ten_minutes()
    {
        var clock = new FakeClock();
        var names = new RecentNames(clock);
        names.Remember("id", "Sales");
        Assert.Equal(["Sales"], names.Known);

        await clock.RunAsync(clock.Delay(TimeSpan.FromMinutes(11), CancellationToken.None));

        Assert.Empty(names.Known);
    }

    // ---- Creating

    [Fact]
    public async Task A_group_is_looked_up_before_it_is_created()
    {
        var result = await Operations().CreateAsync("O'Brien & Söhne", "ob@example.com", IfExists.Fail, _host, ScimCall.None);

        Assert.Equal(["LIST", "POST"], Requests);
        Assert.Equal(ChangeOutcome.Done, result!.Outcome);
        Assert.Equal("ob@example.com", result.Group!.EmailAlias);
        Assert.Equal(["O'Brien & Söhne: Create Zoom group (e-mail ob@example.com)"], _host.Questions);
    }

    [Fact]
    public async Task An_existing_group_is_an_error_or_skipped_as_wished()
    {
        Groups.Add("Sales");

        var error = await Assert.ThrowsAsync<ScimConflictException>(() => Operations().CreateAsync("sales", null, IfExists.Fail, _host, ScimCall.None));
        var skipped = await Operations().CreateAsync("sales", null, IfExists.Skip, _host, ScimCall.None);

        Assert.Equal("Zoom.Group.AlreadyExists", error.ErrorId);
        Assert.Equal(ChangeOutcome.Skipped, skipped!.Outcome);
        Assert.Equal("Sales", skipped.Group!.DisplayName);
        Assert.Empty(Groups.Writes);
    }

    [Fact]
    public async Task A_group_somebody_else_creates_meanwhile_is_skipped_too()
    {
        Groups.Before = sent =>
        {
            if (sent.Method == "POST")
            {
                Groups.Add("Sales");
            }
        };

        var result = await Operations().CreateAsync("Sales", null, IfExists.Skip, _host, ScimCall.None);

        Assert.Equal(ChangeOutcome.Skipped, result!.Outcome);
    }

    // ---- Changing and deleting

    [Fact]
    public async Task Only_what_differs_is_sent_one_kind_of_change_in_each_request_and_read_afterwards()
    {
        var group = Groups.Add("Sales", "sales@example.com");

        var both = await Operations().UpdateAsync(new GroupTarget("Sales"), "Vertrieb", "vertrieb@example.com", _host, ScimCall.None);
        var nothing = await Operations().UpdateAsync(new GroupTarget(group), "Vertrieb", "VERTRIEB@example.com", _host, ScimCall.None);

        Assert.Equal(["LIST", "RENAME", "EMAIL", "GET", "GET"], Requests);
        Assert.Equal(("Vertrieb", "vertrieb@example.com"), (both!.Group!.DisplayName, both.Group.EmailAlias));
        Assert.Equal(ChangeOutcome.NoChange, nothing!.Outcome);
        Assert.Equal(["Sales: Change Zoom group (Name: 'Sales' -> 'Vertrieb'; EmailAlias: 'sales@example.com' -> 'vertrieb@example.com')"], _host.Questions);
    }

    [Fact]
    public async Task What_Zoom_accepts_and_does_not_apply_is_a_warning()
    {
        Groups.Add("Sales");
        Groups.IgnoresNames = true;

        var result = await Operations().UpdateAsync(new GroupTarget("Sales"), "Vertrieb", null, _host, ScimCall.None);

        Assert.Contains("Zoom accepted the name 'Vertrieb' but shows 'Sales'", Assert.Single(result!.Warnings), StringComparison.Ordinal);
        Assert.Single(_host.Warnings);
    }

    [Fact]
    public async Task A_second_change_that_fails_says_that_the_first_was_made()
    {
        Groups.Add("Sales");
        Groups.Before = sent =>
        {
            if (sent.Method == "EMAIL")
            {
                throw FakeZoom.Refusal(400, "The \"Operations\" of the request is invalid.");
            }
        };

        var error = await Assert.ThrowsAsync<ScimBadRequestException>(
            () => Operations().UpdateAsync(new GroupTarget("Sales"), "Vertrieb", "x", _host, ScimCall.None));

        Assert.EndsWith("Before this, the group was renamed.", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_default_group_is_refused_in_Zooms_words()
    {
        Groups.Add("Everyone");

        var error = await Assert.ThrowsAsync<ScimBadRequestException>(() => Operations().RemoveAsync(new GroupTarget("Everyone"), _host, ScimCall.None));

        Assert.Equal("Zoom.Group.DefaultProtected", error.ErrorId);
        Assert.Contains("Cannot delete account default group.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_group_is_offered_no_more()
    {
        var connection = Wishes.Connection(_zoom);
        Groups.Add("Sales");

        var result = await new GroupOperations(connection).RemoveAsync(new GroupTarget("Sales"), _host, ScimCall.None);

        Assert.Equal((PlanAction.Delete, ChangeOutcome.Done), (result!.Action, result.Outcome));
        Assert.False(Groups.Exists("Sales"));
        Assert.Empty(connection.GroupNames.Known);
    }

    [Fact]
    public async Task A_group_that_is_not_there_is_an_error() =>
        Assert.Equal(
            "Zoom.Group.NotFound",
            (await Assert.ThrowsAsync<ScimNotFoundException>(() => Operations().RemoveAsync(new GroupTarget("Nope"), _host, ScimCall.None))).ErrorId);

    // ---- Leave

    [Fact]
    public async Task Without_leave_nothing_is_sent()
    {
        var no = new FakeHost(answer: false);
        Groups.Add("Sales");

        Assert.Null(await Operations().CreateAsync("New", null, IfExists.Fail, no, ScimCall.None));
        Assert.Null(await Operations().UpdateAsync(new GroupTarget("Sales"), "Other", null, no, ScimCall.None));
        Assert.Null(await Operations().RemoveAsync(new GroupTarget("Sales"), no, ScimCall.None));

        Assert.Equal(3, no.Questions.Count);
        Assert.Empty(Groups.Writes);
    }

    [Fact]
    public async Task A_switch_of_the_connection_skips_with_a_warning()
    {
        Groups.Add("Sales");
        var create = await Operations(c => c.AllowCreate = false).CreateAsync("New", null, IfExists.Fail, _host, ScimCall.None);
        var update = await Operations(c => c.AllowUpdate = false).UpdateAsync(new GroupTarget("Sales"), "Other", null, _host, ScimCall.None);
        var remove = await Operations(c => c.AllowDeprovision = false).RemoveAsync(new GroupTarget("Sales"), _host, ScimCall.None);

        Assert.All([create!, update!, remove!], r => Assert.Equal((PlanAction.Blocked, ChangeOutcome.Skipped), (r.Action, r.Outcome)));
        Assert.Contains("-AllowDeprovision $true", remove!.Reason, StringComparison.Ordinal);
        Assert.Equal(3, _host.Warnings.Count);
        Assert.Empty(Groups.Writes);
    }

    // ---- Members by v2

    [Fact]
    public async Task Members_are_read_and_without_the_scope_the_error_names_it()
    {
        var group = Groups.Add("Sales");
        Groups.Members[group.Id!].Add("u1");
        await Directory().ReadMembersAsync(group, ScimCall.None);
        Assert.Equal("u1", Assert.Single(group.Members!).Id);

        Groups.MembersRefusal = "Invalid access token, does not contain scopes:[group:read:admin].";
        var error = await Assert.ThrowsAsync<ScimPermissionException>(() => Directory().ReadMembersAsync(group, ScimCall.None));

        Assert.Equal("Zoom.Permission.MembersScopeMissing", error.ErrorId);
        Assert.Contains("group:read:list_members:admin", error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("scim2:admin", error.RecommendedAction, StringComparison.Ordinal);
    }
}
